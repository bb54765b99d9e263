import OrderedJSON
import SnapLanguage
import Synchronization

/// The plugins that run, each started at its first call and ended with the session.
package final class PluginProcesses: Sendable {
  package let catalog: PluginCatalog
  private let rawEnvironment: @Sendable () -> [String: String]
  private let state = Mutex(State())

  private struct State {
    var services: (any PluginServices)?
    /// Those that work on nothing, by the plugin's name.
    var free: [String: [PluginConnection]] = [:]
    var haveStarted = false
  }

  /// `environment` is what plugins may see of the environment.
  package init(
    catalog: PluginCatalog, environment: @escaping @Sendable () -> [String: String]
  ) {
    self.catalog = catalog
    rawEnvironment = environment
  }

  /// Before the first call.
  package func serve(by services: any PluginServices) { state.withLock { $0.services = services } }

  var environment: [String: String] {
    var environment = rawEnvironment()
    environment["SNAPSH_PLUGIN"] = "1"
    return environment
  }

  var isDryRun: Bool { state.withLock { $0.services }?.isDryRun ?? false }

  /// A process of the plugin for one call, which gives it back. Calls that are open at a time, such as
  /// in a parallel loop or in two stages of a pipeline, have a process each, so that none waits for
  /// another.
  ///
  /// - Throws: `Failure` when the plugin must not run or doesn't start, or `Cancelled`.
  func take(_ plugin: Plugin, host: any Host) throws -> PluginConnection {
    guard let manifest = plugin.manifest else {
      throw plugin.problem ?? Failure(.plugin, "'\(plugin.name)' speaks no protocol")
    }
    while let free = state.withLock({ $0.free[plugin.name]?.popLast() }) {
      if !free.isBroken { return free }
    }
    try catalog.checkMayRun(plugin)
    state.withLock { $0.haveStarted = true }
    return try tryOut(plugin, manifest, host: host)
  }

  /// The call is over.
  func giveBack(_ connection: PluginConnection) {
    guard !connection.isBroken else { return }
    state.withLock { $0.free[connection.plugin.name, default: []].append(connection) }
  }

  func using<Result>(
    _ plugin: Plugin, host: any Host, _ body: (PluginConnection) throws -> Result
  ) throws -> Result {
    let connection = try take(plugin, host: host)
    defer { giveBack(connection) }
    return try body(connection)
  }

  /// A process of the plugin for one use, which the caller shuts down.
  func tryOut(
    _ plugin: Plugin, _ manifest: Manifest, host: any Host
  ) throws -> PluginConnection {
    guard let services = state.withLock({ $0.services }) else {
      throw Failure(.plugin, "plugins are not run here")
    }
    return try PluginConnection(
      plugin, manifest, environment: environment, services: services, host: host)
  }

  /// What the plugin answers without asking anybody, in a short time; for Tab.
  func askInPassing(
    _ plugin: Plugin, _ method: String, _ params: JSON, within limit: Duration
  ) -> JSON? {
    // A plugin that doesn't start offers nothing.
    try? using(plugin, host: PassingHost()) {
      $0.askInPassing(method, params, within: limit)
    }
  }

  var areRunning: Bool { state.withLock { $0.haveStarted } }

  /// A plugin that was changed or removed must not go on.
  package func end(_ name: String) {
    for connection in state.withLock({ $0.free.removeValue(forKey: name) }) ?? [] {
      connection.shutDown()
    }
  }

  /// Ends them all. It may block.
  package func endAll() {
    let free = state.withLock { state in
      defer { state.free = [:] }
      return state.free.values.flatMap(\.self)
    }
    for connection in free { connection.shutDown() }
  }
}

/// Where nobody is asked and nothing is shown, as at a Tab.
private final class PassingHost: Host {
  let cancellation = Cancellation()
  let isPreviewing = true
  func show(_ flow: Flow) {}
  func perform(_ effects: any Effects, at span: Span) throws -> Flow { .nothing }
  func note(_ failure: Failure) {}
  func environment(_ name: String) -> String? { nil }
}
