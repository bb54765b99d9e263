import SnapCommands
import SnapLanguage
import SnapPlugins

/// `plugin test`: tries a plugin out, as far as that can be done without knowing what it is for.
struct PluginTest {
  let plugin: Plugin
  let processes: PluginProcesses
  let host: any Host

  private static let shape = Shape(["check", "outcome", "details"])

  /// - Throws: `Failure` after the rows have been shown, when a check failed.
  func outcome() throws -> Outcome {
    let checks = try Conformance(plugin: plugin, processes: processes, host: host).checks()
    let rows = checks.map { check in
      Value.record(
        Record(
          shape: Self.shape,
          wireValues: [
            .string(check.name), .string(check.problem == nil ? "ok" : "failed"),
            check.problem.map(Value.string) ?? .null,
          ]))
    }
    let failed = checks.count { $0.problem != nil }
    guard failed > 0 else { return .rows(RowStream(rows)) }
    try host.show(.rows(RowStream(rows)))
    throw Failure(.plugin, "\(failed) of \(checks.count) checks of '\(plugin.name)' failed")
  }
}
