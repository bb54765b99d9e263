import Foundation
import Synchronization

/// Many simulations, some at a time.
package enum SimulatedRuns {
  /// Simulates runs, of the seeds from `first` on, until they have come to that many operations.
  package static func figures(
    operations: Int, from first: UInt64, jobs: Int
  ) async throws -> Figures {
    let next = Next(first)
    return try await withThrowingTaskGroup(of: Figures.self) { group in
      for _ in 0..<jobs {
        group.addTask {
          var all = Figures()
          while let seed = next.seed(before: operations) {
            let figures = try await one(seed)
            next.add(figures.operations)
            all.add(figures)
          }
          return all
        }
      }
      return try await group.reduce(into: Figures()) { $0.add($1) }
    }
  }

  private final class Next: Sendable {
    private let state: Mutex<(seed: UInt64, operations: Int)>
    init(_ seed: UInt64) { state = Mutex((seed, 0)) }

    func seed(before limit: Int) -> UInt64? {
      state.withLock { state in
        guard state.operations < limit else { return nil }
        defer { state.seed += 1 }
        return state.seed
      }
    }

    func add(_ operations: Int) { state.withLock { $0.operations += operations } }
  }

  private static func one(_ seed: UInt64) async throws -> Figures {
    let files = FileManager.default
    let memory = "/dev/shm"
    let parent = files.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    let folder = "\(parent)/snapsh-simulation-\(UUID().uuidString)"
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(atPath: folder) }
    return try await Simulation(seed: seed, folder: folder).run()
  }
}
