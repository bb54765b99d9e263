import OrderedJSON
import SnapLanguage

/// A plugin's format, asked to make a text of rows.
struct FormatRequest {
  let name: String
  let plugin: Plugin

  /// How long it may take.
  private static let patience = Duration.seconds(60)

  /// - Throws: `Failure`, or `Cancelled`.
  func text(of value: Value, _ processes: PluginProcesses, _ host: any Host) throws -> String {
    let rows = value.listValue ?? [value]
    let columns = rows.first?.recordValue?.names ?? []
    let answer = try processes.using(plugin, host: host) {
      try $0.ask(
        "format",
        [
          "format": .string(name), "columns": .array(columns.map { .string($0) }),
          "rows": .array(try rows.map(WireValues.json)),
        ], host: host, within: Self.patience)
    }
    guard let text = answer.objectValue?["text"]?.stringValue else {
      throw Failure(.plugin, "the plugin '\(plugin.name)' gave no text for '\(name)'")
    }
    return text
  }
}
