import CCeph
import Glibc
import LocalCloud
import Synchronization

/// The servers that work on a pool, each with a lease that it renews.
///
///     snapsh.instances   omap: ID   the addresses of the server's connections, a line each
///     snapsh.instance.ID locked by the server ID; the OSD ends the lock after the lease
///
/// Who finds a lease ended takes the lock itself, and then shuts the connections out of the cluster:
/// nothing that a server did which is only slow, or cut off, can come after that.
final class CephInstances: InstanceRegister {
  let id: String
  private let connection: CephConnection
  private let lease: Duration
  private let images: ImageCalls
  private let state: Mutex<State>

  private struct State {
    /// Since when this server's own lease has not been late.
    var reachableSince = ContinuousClock.now
    var renewed = ContinuousClock.now
  }

  private static let object = "snapsh.instances"

  /// Registers this server, whose connections are `connections`.
  init(_ connections: [CephConnection], lease: Duration, images: ImageCalls) throws {
    guard let connection = connections.last else { preconditionFailure("no connection") }
    self.connection = connection
    self.lease = lease
    self.images = images
    id = String(UInt64.random(in: .min ... .max), radix: 16)
    state = Mutex(State())
    let addresses = try connections.map { try $0.clientAddresses() }.joined(separator: "\n")
    let name = id
    // First the lock: who reads the register finds it held.
    guard try takeLease(of: name) else { throw LocalCloudError.takenOver }
    try Omap.write(connection, Self.object) { $0.set([(name, addresses)]) }
  }

  var interval: Duration? { lease / 3 }

  func known() async throws -> [String] {
    try await blocking(on: .takeovers) { connection in
      let (_, entries, _) = try Omap.read(
        connection, Self.object, keys: [""], after: "", prefix: "", limit: 10_000)
      return entries.map(\.key)
    }
  }

  func isGone(_ other: String) async throws -> Bool {
    // After an outage of the cluster every lease has ended: each server first gets time for its own.
    guard state.withLock({ .now - $0.reachableSince >= lease && .now - $0.renewed < lease }) else {
      return false
    }
    return try await blocking(on: .takeovers) { [self] connection in
      guard try takeLease(of: other) else { return false }
      let (found, _, _) = try Omap.read(
        connection, Self.object, keys: [other], after: "", prefix: "", limit: 0)
      let addresses = String(decoding: found[other] ?? [], as: UTF8.self)
      for address in addresses.split(separator: "\n") { try connection.shutOut(String(address)) }
      return true
    }
  }

  func forget(_ other: String) async throws {
    try await blocking(on: .takeovers) { connection in
      try Omap.write(connection, Self.object) { $0.remove(other) }
      _ = connection.calls.rados_remove(connection.context, Self.lockObject(other))
    }
  }

  func leave() async throws { try await forget(id) }

  func keepAlive() async throws {
    while true {
      do { try await Task.sleep(for: lease / 3) } catch { return }
      do {
        let begun = ContinuousClock.now
        let isOurs = try await blocking(on: .leases) { [self] _ in try takeLease(of: id) }
        guard isOurs, !images.hangs else { throw LocalCloudError.takenOver }
        state.withLock { state in
          if begun - state.renewed > lease { state.reachableSince = begun }
          state.renewed = begun
        }
      } catch LocalCloudError.unreachable {
        // The next time may be better; if another server was faster then, that is told.
      }
    }
  }

  /// Takes the lock of the server `name`, or renews it; false when another one has it.
  private func takeLease(of name: String) throws -> Bool {
    let (seconds, attoseconds) = lease.components
    var duration = timeval(
      tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    // LIBRADOS_LOCK_FLAG_MAY_RENEW
    let result = connection.calls.rados_lock_exclusive(
      connection.context, Self.lockObject(name), "lease", id, "snapsh", &duration, 1)
    if result == -EBUSY { return false }
    try ceph(result, "lock", Self.lockObject(name))
    return true
  }

  private static func lockObject(_ id: String) -> String { "snapsh.instance.\(id)" }

  private func blocking<Result: Sendable>(
    on threads: BlockingThreads, _ body: @escaping @Sendable (CephConnection) throws -> Result
  ) async throws -> Result {
    let connection = connection
    return try await threads.run { try reachable { try body(connection) } }
  }
}
