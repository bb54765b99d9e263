import SnapCommands
import SnapLanguage

extension Settings {
  /// The options that a script is to be run with when nobody is there: those that were chosen here,
  /// and the cloud that is meant here, whatever becomes of defaults.
  ///
  /// - Throws: `Failure` when the token is in the environment alone.
  func wordsForNobody() throws -> [String] {
    if case .unusable(let error) = cloud {
      throw Failure(
        .denied, error.message, help: error.help, exitCode: ExitCode.authentication)
    }
    guard values.environment["SNAPSH_TOKEN"] == nil else {
      throw Failure(
        .denied, "the token is in SNAPSH_TOKEN, which nobody sets at night",
        help: "put it into a profile: token_file or token_command",
        exitCode: ExitCode.authentication)
    }
    var words = ["--exclusive", "--yes", "--no-input"]
    if values.source(of: .profile) == .none, values.source(of: .endpoint) == .none {
      words += ["--profile", file.defaultProfile ?? Self.localName]
    }
    for option in Option.allCases {
      let source = values.source(of: option)
      guard source == .flag || source == .variable || source == .session else { continue }
      switch option {
      case .yes, .dryRun, .noInput, .exclusive, .color, .pager, .notify, .notifyAfter, .noRC: break
      case .quiet: if self.isQuiet { words.append(option.flag) }
      case .verbose: if self.isVerbose { words.append(option.flag) }
      case .curl: if self.printsCurl { words.append(option.flag) }
      case .data:
        if case .folder(let path) = store { words += [option.flag, path] }
      case .cephConf: words += [option.flag, Folders.absolute(values[option] ?? "")]
      case .profile, .endpoint, .output, .jobs, .maxDeletes, .stopAfter, .rate, .timeout, .zone,
        .store, .cephUser:
        words += [option.flag, values[option] ?? ""]
      }
    }
    return words
  }
}
