import Foundation
import Testing

/// The process of a run dies at any point; what `resume` and `resolve` then make of it.
///
/// A few points of each kind are tried; `SNAPSH_KILLS=all` tries each of them.
@Suite struct KillTests {
  private static let triesAll = ProcessInfo.processInfo.environment["SNAPSH_KILLS"] == "all"

  /// With a limit the changes of a loop are written down before the first of them is sent.
  @Test(arguments: [["-y"], ["-y", "--max-deletes", "20"]])
  func `a run that is killed at any point is brought to its end by resume`(
    _ options: [String]
  ) async throws {
    let points = try KilledRun(options: options).points()
    let tried = Self.points(points)
    let kinds = try await withThrowingTaskGroup(of: String?.self) { group in
      var waiting = tried.makeIterator()
      var kinds: [String] = []
      for _ in 0..<6 {
        if let point = waiting.next() { group.addTask { Self.kill(at: point, options) } }
      }
      while let kind = try await group.next() {
        if let kind { kinds.append(kind) }
        if let point = waiting.next() { group.addTask { Self.kill(at: point, options) } }
      }
      return kinds
    }
    if Self.triesAll {
      let counts = Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +)
      print(options, "killed at \(kinds.count) points:", counts.sorted { $0.key < $1.key })
    }
    #expect(Set(kinds) == Set(points))
  }

  private static func kill(at point: KilledRun.Point, _ options: [String]) -> String? {
    do {
      return try KilledRun(options: options).end(killedAt: point)
    } catch {
      Issue.record("killed at point \(point): \(error)")
      return nil
    }
  }

  /// All points, or two of each kind, spread over the run.
  private static func points(_ kinds: [String]) -> [KilledRun.Point] {
    Set(kinds).sorted().enumerated().flatMap { offset, kind in
      let count = kinds.count { $0 == kind }
      let numbers =
        triesAll
        ? Array(1...count) : [count * (offset + 2) / 12 + 1, count * (offset + 5) / 12 + 1]
      return numbers.map { KilledRun.Point(kind: kind, number: $0) }
    }
  }

  @Test func `no request leaves while something of the journal is not synced`() throws {
    var isSynced = true
    for point in try KilledRun(options: ["-y"]).points() {
      switch point {
      case "before write": isSynced = false
      case "after sync": isSynced = true
      case "before send": #expect(isSynced)
      default: break
      }
    }
  }
}
