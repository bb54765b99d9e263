import LocalCloud
import Synchronization

/// A `RecordLog` in memory, whose answers can get lost: with a cluster that can't be had on order.
final class MemoryRecordLog: RecordLog {
  private struct State {
    var first = 1
    var entries: [[UInt8]] = []
    var checkpoint: (number: Int, bytes: [UInt8]) = (0, [])
    var saves = 0
    var loss = Loss.none
    var losesReads = false
    var losesReadsAfterwards = false
  }

  enum Loss { case none, before, after }

  private let state = Mutex(State())

  /// What happens to the next append: it is lost on the way, or its answer is. With `andReads` the
  /// log then can't be reached until this is called again.
  func loseNext(_ loss: Loss, andReads: Bool = false) {
    state.withLock { state in
      state.loss = loss
      if !andReads { state.losesReads = false }
      state.losesReadsAfterwards = andReads
    }
  }

  /// How often a checkpoint was saved.
  var saves: Int { state.withLock { $0.saves } }

  var length: Int { state.withLock { $0.entries.count } }

  func read(after last: Int) throws -> LogTail {
    try state.withLock { state in
      if state.losesReads { throw LocalCloudError.unreachable("no answer") }
      guard last + 1 >= state.first else { return .forgotten }
      let rest = state.entries.dropFirst(last + 1 - state.first)
      return .entries(Array(rest.prefix(3)), isMore: rest.count > 3)
    }
  }

  func append(_ entry: [UInt8], as number: Int) throws -> Bool {
    try state.withLock { state in
      let loss = state.loss
      if loss != .none { state.losesReads = state.losesReadsAfterwards }
      state.loss = .none
      if loss == .before { throw LocalCloudError.unreachable("lost on the way") }
      guard number == state.first + state.entries.count else { return false }
      state.entries.append(entry)
      if loss == .after { throw LocalCloudError.unreachable("the answer is lost") }
      return true
    }
  }

  func newestCheckpoint() throws -> Int { state.withLock { $0.checkpoint.number } }

  func saveCheckpoint(of path: String, after number: Int) throws {
    let bytes = try readFile(path)
    state.withLock { state in
      state.checkpoint = (number, bytes)
      state.saves += 1
      state.entries.removeFirst(number + 1 - state.first)
      state.first = number + 1
    }
  }

  func loadCheckpoint(into path: String) throws -> Int {
    let (number, bytes) = state.withLock { $0.checkpoint }
    try writeFile(path, bytes)
    return number
  }
}

/// Processes that share a `MemoryRecordLog`; they die when a test says so.
final class MemoryInstances: InstanceRegister {
  /// Who is alive, for all of one cloud.
  final class Register: Sendable {
    fileprivate let alive = Mutex<Set<String>>([])
    func kill(_ id: String) { alive.withLock { _ = $0.remove(id) } }
  }

  let id = "i\(UInt32.random(in: .min ... .max))"
  private let register: Register

  init(_ register: Register) {
    self.register = register
    register.alive.withLock { _ = $0.insert(id) }
  }

  var interval: Duration? { .milliseconds(20) }
  func known() async throws -> [String] { [] }
  func isGone(_ other: String) async throws -> Bool {
    register.alive.withLock { !$0.contains(other) }
  }
  func forget(_ other: String) async throws {}
  func leave() async throws { register.kill(id) }
  func keepAlive() async throws { try await Task.sleep(for: .seconds(3600)) }
}
