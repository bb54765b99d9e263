import Glibc
import SnapLanguage
import Synchronization

/// The plugins that run, each started at its first call and ended with the session.
package final class PluginProcesses: Sendable {
  package let catalog: PluginCatalog
  private let rawEnvironment: @Sendable () -> [String: String]
  private let state = Mutex(State())

  private struct State {
    var services: (any PluginServices)?
    var running: [String: PluginConnection] = [:]
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

  /// - Throws: `Failure` when the plugin must not run or doesn't start, or `Cancelled`.
  func connection(to plugin: Plugin, host: any Host) throws -> PluginConnection {
    guard let manifest = plugin.manifest else {
      throw plugin.problem ?? Failure(.plugin, "'\(plugin.name)' speaks no protocol")
    }
    if let running = state.withLock({ $0.running[plugin.name] }), !running.isBroken {
      return running
    }
    try catalog.checkMayRun(plugin)
    guard let services = state.withLock({ $0.services }) else {
      throw Failure(.plugin, "plugins are not run here")
    }
    let started = try PluginConnection(
      plugin, manifest, environment: environment, services: services, host: host)
    // Two threads may have started it at a time: one is enough.
    let kept = state.withLock { state -> PluginConnection in
      if let other = state.running[plugin.name], !other.isBroken { return other }
      state.running[plugin.name] = started
      return started
    }
    if kept !== started { started.shutDown() }
    return kept
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

  /// The plugin when it runs already, or can be started without asking anybody; for Tab.
  func connectionInPassing(to plugin: Plugin) -> PluginConnection? {
    try? connection(to: plugin, host: PassingHost())
  }

  var areRunning: Bool { state.withLock { !$0.running.isEmpty } }

  /// A plugin that was changed or removed must not go on.
  package func end(_ name: String) {
    state.withLock { $0.running.removeValue(forKey: name) }?.shutDown()
  }

  /// Ends them all. It may block.
  package func endAll() {
    let running = state.withLock { state in
      defer { state.running = [:] }
      return state.running.values
    }
    for connection in running { connection.shutDown() }
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
