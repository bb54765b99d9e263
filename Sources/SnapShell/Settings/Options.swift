package import Retention
package import SnapOutput
package import SnapRun

/// What a run does in which way: the settings that don't say which cloud is meant.
package struct Options: Sendable {
  package let output: OutputFormat
  package var limits: Limits
  package let isYes: Bool
  package let isDryRun: Bool
  package let mayAsk: Bool
  /// Whether a script that a process is at already is not begun once more.
  package let isExclusive: Bool
  package let timeout: Duration
  package let printsCurl: Bool
  package let color: Settings.Color
  /// The command that shows long output; nil when nobody has chosen one.
  package let pager: String?
  package let notify: Settings.Notify
  package let notifyAfter: Duration
  package let isQuiet: Bool
  package let isVerbose: Bool
  package let readsStartFile: Bool
  package var zone: Zone

  /// - Throws: `SettingError`.
  init(_ values: OptionValues) throws(SettingError) {
    output = try values.choice(.output, OutputFormat.self) ?? .table
    color = try values.choice(.color, Settings.Color.self) ?? .auto
    pager = values[.pager]
    notify = try values.choice(.notify, Settings.Notify.self) ?? .bell
    notifyAfter = try values.duration(.notifyAfter) ?? .seconds(30)
    limits = Limits(
      jobs: try values.count(.jobs, least: 1) ?? 4,
      mostDeletions: try values.count(.maxDeletes, least: 0), stopAfter: try values.stopAfter(),
      rate: try values.rate())
    isYes = try values.isSet(.yes)
    isDryRun = try values.isSet(.dryRun)
    mayAsk = try !values.isSet(.noInput)
    isExclusive = try values.isSet(.exclusive)
    printsCurl = try values.isSet(.curl)
    isQuiet = try values.isSet(.quiet)
    isVerbose = try values.isSet(.verbose)
    readsStartFile = try !values.isSet(.noRC)
    timeout = try values.duration(.timeout) ?? .seconds(60)
    zone = try values.zone()
  }
}
