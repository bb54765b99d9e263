import SnapLanguage

/// Takes the options of the table out of a command line.
struct OptionReader {
  private(set) var rest: [String]
  private(set) var flags: [Option: String] = [:]
  private(set) var operands: [String] = []
  private(set) var code: String?
  private(set) var wantsHelp = false
  private(set) var wantsVersion = false

  init(_ words: [String]) { rest = words }

  mutating func takeOperand() -> String? { rest.isEmpty ? nil : rest.removeFirst() }

  /// Options up to the first word that is none; `-c CODE` ends them too.
  mutating func readUntilOperand() throws(SettingError) {
    while let word = rest.first {
      if word == "--" {
        rest.removeFirst()
        return
      }
      guard word.hasPrefix("-"), word != "-" else { return }
      rest.removeFirst()
      switch word {
      case "-c":
        guard !rest.isEmpty else { throw SettingError("'-c' needs code") }
        code = rest.removeFirst()
        return
      case "-h", "--help": wantsHelp = true
      case "--version": wantsVersion = true
      default:
        guard try take(word) else { throw unknown(word) }
      }
    }
  }

  /// Options among the words that are left; the others become `operands`. `own` are options with a
  /// value and `switches` those without one that the subcommand has itself; they are given back.
  @discardableResult
  mutating func readAll(
    own: Set<String> = [], switches: Set<String> = []
  ) throws(SettingError) -> [String: String] {
    var values: [String: String] = [:]
    while let word = takeOperand() {
      if word == "--" {
        operands += rest
        rest = []
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let (name, attached) = Self.parts(word)
      if word.hasPrefix("--"), own.contains(name) {
        guard let value = attached ?? takeOperand() else {
          throw SettingError("'\(word)' needs a value")
        }
        values[name] = value
        continue
      }
      if word.hasPrefix("--"), switches.contains(name) {
        guard attached == nil else { throw SettingError("'--\(name)' takes no value") }
        values[name] = "true"
        continue
      }
      guard try take(word) else { throw unknown(word) }
    }
    return values
  }

  /// Options among the words that are left, but for those in `own`, which stay with the operands.
  mutating func readKeeping(_ own: Set<String>) throws(SettingError) {
    while let word = takeOperand() {
      if word == "--" {
        operands += [word] + rest
        rest = []
        return
      }
      let (name, _) = Self.parts(word)
      let isOption = word.hasPrefix("-") && word.count > 1 && !own.contains(name)
      if isOption, try take(word) { continue }
      // The command's own complaint would show the secret.
      if isOption, name == "token" { throw unknown(word) }
      operands.append(word)
    }
  }

  private static func parts(_ word: String) -> (name: String, value: String?) {
    let text = word.drop { $0 == "-" }
    guard let equal = text.firstIndex(of: "=") else { return (String(text), nil) }
    return (String(text[..<equal]), String(text[text.index(after: equal)...]))
  }

  /// Takes an option of the table; false when the word is none.
  private mutating func take(_ word: String) throws(SettingError) -> Bool {
    let (name, attached) = Self.parts(word)
    if !word.hasPrefix("--") { return try takeShort(word) }
    guard let option = Option.named(name) else { return false }
    guard option.placeholder != nil else {
      guard attached == nil else { throw SettingError("'\(option.flag)' takes no value") }
      flags[option] = "true"
      return true
    }
    guard let value = attached ?? takeOperand() else {
      throw SettingError("'\(option.flag)' needs \(option.placeholder ?? "a value")")
    }
    flags[option] = value
    return true
  }

  /// `-y`, `-yq`, `-j 8`, `-j8`.
  private mutating func takeShort(_ word: String) throws(SettingError) -> Bool {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = Option.named(letter) else { return false }
      guard option.placeholder != nil else {
        flags[option] = "true"
        continue
      }
      guard let value = letters.isEmpty ? takeOperand() : String(letters) else {
        throw SettingError("'-\(letter)' needs \(option.placeholder ?? "a value")")
      }
      flags[option] = value
      return true
    }
    return true
  }

  private func unknown(_ word: String) -> SettingError {
    let (name, _) = Self.parts(word)
    if name == "token" {
      return SettingError(
        "a token on the command line can be seen by everyone on the machine",
        help: "set SNAPSH_TOKEN, or token_command in a profile")
    }
    return SettingError(
      "unknown option '\(word)'",
      help: Suggestions.help(for: name, among: Option.allCases.map(\.rawValue), prefix: "--")
        ?? "'snapsh --help' lists them")
  }
}
