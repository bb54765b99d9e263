import SnapOutput

/// An option of every run: the one table from which the command line, the environment, the
/// configuration file and the help are read.
///
/// The value is that of the flag, else of the variable, else of the profile, else the default.
package enum Option: String, CaseIterable, Sendable {
  case profile, endpoint, output, jobs, yes, dryRun = "dry-run", noInput = "no-input"
  case maxDeletes = "max-deletes", stopAfter = "stop-after", rate, timeout, zone, curl, color
  case exclusive, pager, notify, notifyAfter = "notify-after", data, store
  case cephConf = "ceph-conf", cephUser = "ceph-user", quiet, verbose, noRC = "no-rc"

  package var flag: String { "--\(rawValue)" }

  /// `SNAPSH_MAX_DELETES` for `--max-deletes`.
  package var variable: String {
    "SNAPSH_" + rawValue.uppercased().split(separator: "-").joined(separator: "_")
  }

  /// The key in a profile of the configuration file; nil for what no profile should decide.
  package var profileKey: String? {
    switch self {
    case .profile, .yes, .dryRun, .noInput, .exclusive, .curl, .quiet, .verbose, .noRC: nil
    default: rawValue.split(separator: "-").joined(separator: "_")
    }
  }

  package var short: Character? {
    switch self {
    case .output: "o"
    case .jobs: "j"
    case .yes: "y"
    case .dryRun: "n"
    case .quiet: "q"
    case .verbose: "v"
    default: nil
    }
  }

  /// The word for its value in help; nil for a switch.
  package var placeholder: String? {
    switch self {
    case .yes, .dryRun, .noInput, .exclusive, .curl, .quiet, .verbose, .noRC: nil
    case .profile: "NAME"
    case .endpoint: "URL"
    case .output: "FORMAT"
    case .jobs, .maxDeletes: "N"
    case .stopAfter: "N|P%"
    case .rate: "R"
    case .timeout: "DURATION"
    case .zone: "ZONE"
    case .color: "WHEN"
    case .pager: "COMMAND"
    case .notify: "HOW"
    case .notifyAfter: "TIME"
    case .data: "DIR"
    case .store: "STORE"
    case .cephConf: "FILE"
    case .cephUser: "USER"
    }
  }

  /// Whether `set` may change it in a session. The others are settled when it begins; `yes` is for
  /// what was in mind when it was said.
  var isSettable: Bool {
    switch self {
    case .profile, .endpoint, .data, .store, .cephConf, .cephUser, .zone, .color, .exclusive: false
    case .quiet, .yes, .noRC: false
    default: true
    }
  }

  package var defaultValue: String? {
    switch self {
    case .output: "table"
    case .jobs: "4"
    case .timeout: "60s"
    case .zone: "UTC"
    case .color: "auto"
    case .notify: "bell"
    case .notifyAfter: "30s"
    default: nil
    }
  }

  /// The values that it can have, where these are words.
  var words: [String] {
    switch self {
    case .output: OutputFormat.allCases.map(\.rawValue)
    case .color: ["auto", "always", "never"]
    case .notify: ["bell", "message", "off"]
    default: placeholder == nil ? ["true", "false"] : []
    }
  }

  package var about: String {
    switch self {
    case .profile: "the profile of the configuration file, or 'local'"
    case .endpoint: "the cloud's base URL up to /api/v1, or 'local'"
    case .output: "table, wide, json, jsonl, csv, yaml, ids, prometheus"
    case .jobs: "slices that are changed at a time"
    case .yes: "do what would be asked about"
    case .dryRun: "show what would be changed, change nothing"
    case .noInput: "never ask"
    case .maxDeletes: "refuse a statement that deletes more"
    case .stopAfter: "send nothing more after so many failures"
    case .rate: "changes a second, at most"
    case .timeout: "for each request, its answer included"
    case .zone: "the time zone whose days and weeks count"
    case .curl: "print each request as a curl line"
    case .color: "auto, always or never"
    case .exclusive: "don't start a script that is still running"
    case .pager: "shows what is longer than the screen; none with 'cat'"
    case .notify: "bell, message or off: when long work ends at the prompt"
    case .notifyAfter: "what counts as long work"
    case .data: "the folder of the local cloud"
    case .store: "keep the local cloud in a Ceph pool: ceph://POOL"
    case .cephConf: "the cluster's configuration file"
    case .cephUser: "the user of the cluster (admin)"
    case .quiet: "say less"
    case .verbose: "say more"
    case .noRC: "don't run rc.snap at the start of the shell"
    }
  }

  static func named(_ name: String) -> Option? { Option(rawValue: name) }
  static func named(_ short: Character) -> Option? { allCases.first { $0.short == short } }

  /// By a flag's text without its dashes, long or short.
  static func anywhere(_ text: String) -> Option? {
    Option(rawValue: text) ?? (text.count == 1 ? text.first.flatMap(named) : nil)
  }

  /// How it is given where it was taken for a command's flag.
  func place(atPrompt: Bool) -> String {
    let value = placeholder.map { " \($0)" } ?? ""
    return atPrompt && isSettable
      ? "it is an option of the session: set \(rawValue)\(placeholder == nil ? " true" : value)"
      : "it is an option of the whole run: snapsh \(flag)\(value) …"
  }
}
