import CloudAPI
import CloudClient
import GRDB
import ServerKit
import Synchronization

/// A cloud and the way to it, with faults, in a time of their own; and the death of the process that
/// talks to it.
final class World: Sendable {
  struct State {
    var chance: Chance
    var now = Duration.zero
    var cloud: ModelCloud
    /// What is still under way to the cloud.
    var late: [(at: Duration, call: Endpoint, send: Int?)] = []
    var isDead = false
    var sends: [Endpoint: Int] = [:]
    /// The sends that were carried out.
    var applied: [Endpoint: Set<Int>] = [:]
    /// Those of which a copy was carried out that something on the way had made.
    var copied: Set<Endpoint> = []
    var forgotten: Set<Endpoint> = []
    /// Created snapshots that the cloud lost.
    var vanished: Set<Endpoint> = []
    var kills = 0
    var faults = 0
  }

  private let state: Mutex<State>
  private let faultShare: Double
  private let killShare: Double

  init(_ cloud: ModelCloud, seed: UInt64, faultShare: Double, killShare: Double) {
    state = Mutex(State(chance: Chance(seed: seed), cloud: cloud))
    self.faultShare = faultShare
    self.killShare = killShare
  }

  func with<Result>(_ body: (inout State) -> Result) -> Result {
    state.withLock { body(&$0) }
  }

  /// A new process begins.
  func revive() { with { $0.isDead = false } }

  /// Time passes, and what was under way arrives.
  func pass(_ duration: Duration) { with { $0.pass(duration) } }

  /// A step of the process: it may be its last. False when the process is dead.
  func step() -> Bool { with { $0.step(killShare) } }

  var time: TimeSource {
    TimeSource(
      now: { self.with { $0.now } },
      sleep: { duration async throws(CancellationError) in
        _ = self.step()
        self.pass(duration)
        if Task.isCancelled { throw CancellationError() }
      },
      random: { self.with { state in Double.random(in: 0...1, using: &state.chance) } })
  }

  /// For a journal: each of its commits is a step, and a dead process commits nothing.
  var configuration: Configuration {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      database.add(transactionObserver: Commits(self), extent: .databaseLifetime)
    }
    return configuration
  }

  private final class Commits: TransactionObserver {
    private let world: World
    init(_ world: World) { self.world = world }
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws { if !world.step() { throw Death() } }
    func databaseDidCommit(_ database: Database) { _ = world.step() }
    func databaseDidRollback(_ database: Database) {}
  }

  private struct Death: Error {}

  /// Nil in a share of the cases in which nothing goes wrong.
  func fault<Fault: CaseIterable>(_: Fault.Type) -> Fault? {
    with { state in
      guard state.chance.hits(faultShare) else { return nil }
      state.faults += 1
      return state.chance.one(of: Array(Fault.allCases))
    }
  }
}

extension World.State {
  mutating func pass(_ duration: Duration) {
    now += duration
    let due = late.filter { $0.at <= now }.sorted { $0.at < $1.at }
    late.removeAll { $0.at <= now }
    for one in due { _ = apply(one.call, send: one.send, at: one.at) }
  }

  mutating func step(_ killShare: Double) -> Bool {
    if !isDead, chance.hits(killShare) {
      isDead = true
      kills += 1
    }
    return !isDead
  }

  /// Carries out a call, if the cloud takes it on; without the number of its sending it is a copy.
  mutating func apply(_ call: Endpoint, send: Int?, at time: Duration) -> ModelCloud.Reply {
    let reply = cloud.answer(call, at: time)
    guard call.isMutation, reply.status == 202 else { return reply }
    if let send {
      applied[call, default: []].insert(send)
    } else {
      copied.insert(call)
    }
    return reply
  }

  func isApplied(_ call: Endpoint) -> Bool { applied[call] != nil || copied.contains(call) }

  mutating func later(_ call: Endpoint, send: Int?, within most: Double) {
    late.append((now + chance.seconds(upTo: most), call, send))
  }
}
