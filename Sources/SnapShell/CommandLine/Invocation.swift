package import SnapLanguage

/// What a command line asks for.
package struct Invocation: Sendable {
  package let action: Action
  package let flags: [Option: String]

  package enum Action: Sendable, Equatable {
    /// The shell, or the script on stdin when that is no terminal.
    case shell
    case script(path: String, arguments: [String])
    case code(String, arguments: [String])
    case standardInput(arguments: [String])
    case check(files: [String])
    /// `isCheck` writes nothing. No file, or `-`, is stdin.
    case format(files: [String], isCheck: Bool)
    case serve(listen: String)
    case languageServer
    case manual(Manual.Page)
    /// A built-in command with its words.
    case command([String])
    /// The script that makes another shell complete snapsh's words.
    case completions(shell: String)
    /// What such a script asks: the words of the command line, the last one unfinished.
    case complete(shell: String, words: [String])
    case help
    case version
  }

  /// Reads a command line in two steps: options of the table wherever they may stand, then the rest.
  ///
  /// - Parameters:
  ///   - words: without the program's name.
  ///   - commands: the signatures of the built-in commands, which can be called as subcommands.
  /// - Throws: `SettingError`.
  package init(_ words: [String], commands: [Signature]) throws(SettingError) {
    var reader = OptionReader(words)
    try reader.readUntilOperand()
    if let code = reader.code {
      (action, flags) = (.code(code, arguments: reader.rest), reader.flags)
      return
    }
    if reader.wantsHelp || reader.wantsVersion {
      (action, flags) = (reader.wantsHelp ? .help : .version, reader.flags)
      return
    }
    guard let operand = reader.takeOperand() else {
      (action, flags) = (.shell, reader.flags)
      return
    }
    switch operand {
    case "-": action = .standardInput(arguments: reader.rest)
    case "check":
      try reader.readAll()
      guard !reader.operands.isEmpty else { throw SettingError("'check' needs a file") }
      action = .check(files: reader.operands)
    case "fmt":
      let isCheck = try reader.readAll(switches: ["check"])["check"] != nil
      action = .format(files: reader.operands, isCheck: isCheck)
    case "serve":
      let listen = try reader.readAll(own: ["listen"])["listen"] ?? "127.0.0.1:8080"
      if let extra = reader.operands.first { throw SettingError("unexpected argument '\(extra)'") }
      action = .serve(listen: listen)
    case "man":
      try reader.readAll()
      guard let page = Manual.Page(words: reader.operands) else {
        throw SettingError(
          "'man' prints one page, not '\(reader.operands.joined(separator: " "))'",
          help: "'snapsh man' and 'snapsh man language'")
      }
      action = .manual(page)
    case "lsp":
      try reader.readAll()
      if let extra = reader.operands.first { throw SettingError("unexpected argument '\(extra)'") }
      action = .languageServer
    case "completions":
      try reader.readAll()
      let shells = CompletionScript.allCases.map(\.rawValue)
      guard let shell = reader.operands.first, reader.operands.count == 1, shells.contains(shell)
      else {
        throw SettingError(
          "'completions' needs a shell", help: "one of \(shells.joined(separator: ", "))")
      }
      action = .completions(shell: shell)
    case "complete":
      let words = reader.rest
      guard let shell = words.first, words.dropFirst().first == "--" else {
        throw SettingError("'complete' is for the scripts of 'snapsh completions'")
      }
      action = .complete(shell: shell, words: Array(words.dropFirst(2)))
    default:
      let signature = commands.first { $0.name == operand || $0.aliases.contains(operand) }
      guard let signature, !Self.looksLikeFile(operand) else {
        action = .script(path: operand, arguments: reader.rest)
        break
      }
      let own = Set(signature.flags.flatMap { [$0.name] + ($0.short.map { [String($0)] } ?? []) })
      if reader.rest.contains(where: { $0 == "--help" || $0 == "-h" }) {
        action = .command(["help", signature.name])
        break
      }
      try reader.readKeeping(own)
      action = .command(
        [operand] + (operand == "plan" ? Self.separated(reader.operands) : reader.operands))
    }
    flags = reader.flags
  }

  /// The words of `plan`: its own option, the script, and behind `--` the script's words, which may look
  /// like options.
  private static func separated(_ words: [String]) -> [String] {
    var (own, script) = ([String](), [String]())
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        script += rest
        break
      }
      if word == "-O" || word == "--out" {
        own += [word] + rest.prefix(1)
        rest = rest.dropFirst()
      } else if word.hasPrefix("-O") || word.hasPrefix("--out=") {
        own += ["--out", String(word.drop { $0 != "O" && $0 != "=" }.dropFirst())]
      } else {
        script.append(word)
      }
    }
    return own + script.prefix(1) + (script.count > 1 ? ["--"] + script.dropFirst() : [])
  }

  private static func looksLikeFile(_ word: String) -> Bool {
    word.contains("/") || word.hasSuffix(".snap")
  }
}
