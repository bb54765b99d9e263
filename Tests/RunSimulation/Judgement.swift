import CloudAPI
import ServerKit
import SnapRun

extension Simulation {
  /// Compares what the journal says with what the cloud did.
  func judge(
    _ run: Int?, _ renamedByOthers: Set<SnapshotID>, _ unknown: Set<Int>, _ figures: inout Figures
  ) async throws {
    guard let run else { throw Stopped() }
    let records = try Journal(folder: folder) { 0 }.operations(ofRun: run)
    let state = world.with { $0 }
    figures.kills = state.kills
    figures.faults = state.faults
    let wanted = Set(records.map(\.step.change))
    for case .delete(let id) in state.cloud.applied {
      if !wanted.contains(.delete(id)) || renamedByOthers.contains(id) {
        figures.note("wrong deletion of \(id)", \.wrongDeletions)
      }
    }
    for record in records {
      let change = record.step.change
      let times = state.applied[change]?.count ?? 0
      let isApplied = state.isApplied(change)
      figures.operations += 1
      figures.sends += state.sends[change] ?? 0
      if unknown.contains(record.number), record.step.verb == .restore {
        figures.unknownRestores += 1
      }
      if times > 1 {
        switch record.step.verb {
        case .restore: figures.note("\(change) done \(times) times", \.doubleRestores)
        case .create: figures.doubleCreations += 1
        case .rename, .delete: break
        }
      }
      let isForgotten = state.forgotten.contains(change)
      switch record.state {
      case .done where !isApplied && isForgotten && record.step.verb == .restore:
        // A restore that no list shows running looks like one that was fast.
        figures.forgottenRestores += 1
      case .accepted where !isApplied && isForgotten: break  // as the cloud has said
      case .accepted where !isApplied, .done where !isApplied, .gone where times > 0:
        figures.note("\(change) is said to be \(record.state)", \.falseEnds)
      case .failed where times == 0 && state.copied.contains(change):
        // Each try was refused, and then something on the way sent a copy of it.
        figures.copiesAfterRefusal += 1
      case .failed where isApplied && !state.vanished.contains(change):
        figures.note("\(change) is said to have failed: \(record.error ?? "")", \.falseFailures)
      case .planned, .sending, .unknown, .skipped:
        figures.note("\(change) has no end: \(record.state)", \.withoutEnd)
      default: break
      }
    }
  }
}
