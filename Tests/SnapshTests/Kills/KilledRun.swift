import CloudAPI
import Foundation
import OrderedJSON
import ServerKit
import TerminalKit

/// A run of twenty changes against a cloud with a memory; its process is killed at one point, and
/// what is left is brought to its end as a person would do it.
struct KilledRun {
  /// Names and ids, one by one, in pipelines and in loops; with what a resumed run sees differently.
  static let script = """
    create web-01 new-1
    rename 11 renamed-11
    rm 12
    restore 13 --wait
    for s in $(ls web-02) rename $s "r-${s.id}"
    ls web-03 | sort-by id | first 2 | rm
    create web-04 new-2 --wait
    restore 41 --guard
    rm new-1 --wait
    for s in $(ls web-05) rm $s
    create 5 new-3 --wait
    restore new-3 --wait
    rename new-3 new-4
    rm 42
    """

  /// What the cloud is to have done in the end, each once.
  static let changes: [Endpoint] =
    [
      .create(1, name: "new-1"), .rename(11, name: "renamed-11"), .delete(12),
      .restore(13, onto: 1),
    ] + [21, 22, 23].map { .rename($0, name: "r-\($0.rawValue)") }
    + [.delete(31), .delete(32), .create(4, name: "new-2"), .restore(41, onto: 4), .delete(100)]
    + [.delete(51), .delete(52), .delete(53), .create(5, name: "new-3"), .restore(103, onto: 5)]
    + [.rename(103, name: "new-4"), .delete(42)]

  let sandbox: Sandbox
  let server: ModelServer
  private let options: [String]

  init(options: [String]) throws {
    self.options = options
    sandbox = try Sandbox()
    var cloud = ModelCloud(
      slices: [1: "web-01", 2: "web-02", 3: "web-03", 4: "web-04", 5: "web-05"],
      duration: .milliseconds(20))
    for slice in 1...5 {
      for number in 1...3 {
        cloud.add(SnapshotID(slice * 10 + number), "s\(slice)\(number)", of: SliceID(slice))
      }
    }
    server = try ModelServer(cloud)
    try sandbox.write(Self.script, to: "run.snap")
  }

  /// A point of the run. How many others lie before it depends on the time that reads take, so it is
  /// told by its number among those of its kind.
  struct Point: Sendable {
    let kind: String
    let number: Int
  }

  /// The kinds of the points that the run passes, in their order.
  func points() throws -> [String] {
    let result = try snapsh("run.snap", killedAt: Point(kind: "", number: 0))
    guard result.code == 0 else { throw Untrue("without a kill: \(result.errors)") }
    try checkEnd()
    return try log()
  }

  /// Kills the run at that point, and checks what is said and done from then on.
  ///
  /// - Returns: the kind of the point; nil when the run ended before it.
  func end(killedAt point: Point) throws -> String? {
    let first = try snapsh("run.snap", killedAt: point)
    server.waitForQuiet()
    guard first.code == 128 + SIGKILL else { return nil }
    if server.received.isEmpty, try runs().isEmpty {
      try expectSuccess(try snapsh("run.snap"))
    } else {
      try checkJournal(after: first)
      try resume()
    }
    try checkEnd()
    return try log().last
  }

  private func resume() throws {
    for _ in 0..<4 {
      let result = try snapsh("resume")
      if result.code == 0 { return }
      guard result.code == 5 else { throw Untrue("resume: \(result.errors)") }
      try checkJournal(after: result)
      // A person looks at the cloud, and decides.
      for operation in try operations() where operation.outcome == "unknown" {
        let decision = server.cloud.applied.contains(operation.change) ? "done" : "retry"
        try expectSuccess(try snapsh("resolve", "1", "\(operation.number)", decision))
      }
    }
    throw Untrue("the run does not come to its end")
  }

  /// What the journal says must not be wrong, now.
  private func checkJournal(after result: Sandbox.Result) throws {
    let applied = server.cloud.applied
    for operation in try operations() {
      let wasApplied = applied.contains(operation.change)
      let isTrue =
        switch operation.outcome {
        case "accepted", "done": wasApplied
        case "planned", "failed": !wasApplied
        case "sending", "unknown": true
        default: false
        }
      guard isTrue else {
        throw Untrue(
          "\(operation.change) is '\(operation.outcome)', applied: \(wasApplied)\n\(result.errors)")
      }
    }
  }

  private func checkEnd() throws {
    let counts = Dictionary(server.cloud.applied.map { ($0, 1) }, uniquingKeysWith: +)
    for (change, count) in counts where count > 1 { throw Untrue("\(change): \(count) times") }
    let guards = server.cloud.applied.filter {
      if case .create(4, let name) = $0 { name.hasPrefix("guard-41-") } else { false }
    }
    let others = Set(server.cloud.applied).subtracting(guards)
    guard guards.count == 1, others == Set(Self.changes) else {
      let missing = Set(Self.changes).subtracting(others)
      throw Untrue(
        "not done: \(missing); done besides: \(others.subtracting(Self.changes)) \(guards)")
    }
    let ends = try operations().map(\.outcome)
    guard ends.count == Self.changes.count + 1,
      ends.allSatisfy({ ["accepted", "done"].contains($0) })
    else { throw Untrue("in the journal: \(ends)") }
    guard try runs().map({ $0["outcome"]?.stringValue }) == ["done"] else {
      throw Untrue("the run has no good end: \(try runs())")
    }
  }

  struct Operation {
    let number: Int
    let change: Endpoint
    let outcome: String
  }

  private func operations() throws -> [Operation] {
    try rows("runs", "show", "1").map { row in
      let slice = SliceID(row["vm_id"]?.intValue ?? 0)
      let id = SnapshotID(row["id"]?.intValue ?? 0)
      let name = row["name"]?.stringValue ?? ""
      let change: Endpoint =
        switch row["verb"]?.stringValue {
        case "create": .create(slice, name: name)
        case "rename": .rename(id, name: name)
        case "restore": .restore(id, onto: slice)
        default: .delete(id)
        }
      return Operation(
        number: row["operation"]?.intValue ?? 0, change: change,
        outcome: row["outcome"]?.stringValue ?? "")
    }
  }

  private func runs() throws -> [JSONObject] { try rows("runs") }

  private func rows(_ arguments: String...) throws -> [JSONObject] {
    let result = try sandbox.snapsh(["-o", "jsonl"] + arguments, environment: server.environment)
    return try result.output.split(separator: "\n").compactMap {
      try JSON(parsing: String($0)).objectValue
    }
  }

  private func snapsh(
    _ arguments: String..., killedAt point: Point? = nil
  ) throws -> Sandbox.Result {
    var environment = server.environment
    if let point {
      environment["LD_PRELOAD"] = BuiltProgram("libKillPoints.so").path
      environment["KILL_AT"] = "\(point.number)"
      environment["KILL_KIND"] = point.kind
      environment["KILL_LOG"] = "\(sandbox.folder)/points"
    }
    return try sandbox.snapsh(options + arguments, environment: environment)
  }

  private func log() throws -> [String] {
    let text = try String(contentsOfFile: "\(sandbox.folder)/points", encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }

  private func expectSuccess(_ result: Sandbox.Result) throws {
    guard result.code == 0 else { throw Untrue("\(result.code): \(result.errors)") }
  }
}

/// What is said to be so, and isn't.
struct Untrue: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

extension SliceID: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self.init(value) }
}

extension SnapshotID: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self.init(value) }
}
