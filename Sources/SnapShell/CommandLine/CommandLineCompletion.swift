import SnapCompletion
import SnapLanguage
import SnapOutput

/// What can stand at the end of a command line of another shell: by the declarations, and by the list
/// that the last run has left. The network is never asked.
struct CommandLineCompletion {
  let commands: [Signature]
  /// The last one is being typed.
  let words: [String]
  let environment: [String: String]

  struct Answer: Equatable {
    struct Item: Equatable {
      var text: String
      var about = ""
    }

    var items: [Item] = []
    /// Whether the shell should offer files as well.
    var wantsFiles = false
    /// Why there is nothing, or how old it is.
    var note: String?
  }

  /// The subcommands that are no commands of the language.
  static let subcommands = [
    Signature("check", group: .shell, about: "Check scripts without running them", effect: .read),
    Signature(
      "fmt", group: .shell, about: "Format scripts",
      flags: [Flag("check", about: "change nothing")],
      effect: .local),
    Signature(
      "serve", group: .shell, about: "Serve the local cloud to other programs",
      flags: [Flag("listen", .string, about: "the address")], effect: .local),
    Signature(
      "man", group: .shell, about: "Print a manual page",
      parameters: [Parameter("page", .oneOf(["language"]), required: false)], effect: .pure),
    Signature("lsp", group: .shell, about: "Serve an editor that starts it", effect: .local),
    Signature(
      "completions", group: .shell, about: "Print completions for another shell",
      parameters: [Parameter("shell", .oneOf(CompletionScript.allCases.map(\.rawValue)))],
      effect: .pure),
  ]

  /// What the words before the last one say.
  private struct Head {
    var flags: [Option: String] = [:]
    /// The subcommand and its words.
    var operands: [String] = []
    /// The option whose value the last word is.
    var open: Option?
  }

  func answer() -> Answer {
    let typed = words.last ?? ""
    var head = head(Self.joined(words.dropLast()))
    var (value, prefix) = (typed, "")
    if typed.hasPrefix("--"), let equal = typed.firstIndex(of: "="),
      let option = Option.named(String(typed[..<equal].dropFirst(2)))
    {
      head.open = option
      (prefix, value) = (String(typed[...equal]), String(typed[typed.index(after: equal)...]))
    } else if typed == "=", head.open != nil {
      value = ""
    }
    if let option = head.open { return values(of: option, typed: value, behind: prefix) }
    guard let command = head.operands.first else { return first(typed) }
    let options = typed.hasPrefix("-") ? optionItems(typed) : []
    if let subcommand = Self.subcommands.first(where: { $0.name == command }) {
      var answer = self.subcommand(subcommand, head.operands.dropFirst(), typed)
      answer.items += options
      return answer
    }
    guard commands.contains(where: { $0.name == command || $0.aliases.contains(command) }) else {
      return Answer(items: options, wantsFiles: options.isEmpty)
    }
    var answer = arguments(head, typed)
    answer.items += options.filter { option in !answer.items.contains { $0.text == option.text } }
    return answer
  }

  /// bash takes `--output=json` for three words.
  private static func joined(_ words: some Sequence<String>) -> [String] {
    words.filter { $0 != "=" }
  }

  private func head(_ words: [String]) -> Head {
    var head = Head()
    for word in words {
      if let option = head.open {
        head.flags[option] = word
        head.open = nil
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let option = option(String(parts[0]), head.operands.first) else {
        head.operands.append(word)
        continue
      }
      if option.placeholder == nil {
        head.flags[option] = "true"
      } else if parts.count == 2 {
        head.flags[option] = String(parts[1])
      } else {
        head.open = option
      }
    }
    return head
  }

  /// The option that a word names, unless the subcommand has one of that name itself.
  private func option(_ word: String, _ command: String?) -> Option? {
    guard word.hasPrefix("-"), word.count > 1 else { return nil }
    let name = String(word.drop { $0 == "-" })
    let own = commands.first { $0.name == command }?.flags ?? []
    guard !own.contains(where: { $0.name == name || $0.short.map(String.init) == name }) else {
      return nil
    }
    if word.hasPrefix("--") { return Option.named(name) }
    return word.count == 2 ? name.first.flatMap(Option.named) : nil
  }

  private func optionItems(_ typed: String) -> [Answer.Item] {
    Option.allCases.filter { $0.flag.hasPrefix(typed) }.map {
      Answer.Item(text: $0.flag, about: $0.about)
    }
  }

  private func values(of option: Option, typed: String, behind prefix: String) -> Answer {
    let values: [String]
    switch option {
    case .output: values = OutputFormat.allCases.map(\.rawValue)
    case .color: values = Settings.Color.allCases.map(\.rawValue)
    case .profile: values = Settings.profiles(environment: environment)
    case .endpoint: values = [Settings.localName]
    case .data: return Answer(wantsFiles: true)
    default: values = []
    }
    return Answer(
      items: values.filter { $0.hasPrefix(typed) }.map { Answer.Item(text: prefix + $0) })
  }

  /// A subcommand, an option, or a script's file.
  private func first(_ typed: String) -> Answer {
    if typed.hasPrefix("-") { return Answer(items: optionItems(typed)) }
    let found = (commands + Self.subcommands).filter { $0.name != "!" && $0.name.hasPrefix(typed) }
    return Answer(
      items: found.sorted { $0.name < $1.name }.map { Answer.Item(text: $0.name, about: $0.about) },
      wantsFiles: true)
  }

  private func subcommand(
    _ signature: Signature, _ words: ArraySlice<String>, _ typed: String
  ) -> Answer {
    if typed.hasPrefix("-") {
      return Answer(
        items: signature.flags.filter { "--\($0.name)".hasPrefix(typed) }.map {
          Answer.Item(text: "--\($0.name)", about: $0.about)
        })
    }
    if case .oneOf(let values)? = signature.parameters.first?.type, words.isEmpty {
      return Answer(items: values.filter { $0.hasPrefix(typed) }.map { Answer.Item(text: $0) })
    }
    return Answer(wantsFiles: ["check", "fmt"].contains(signature.name))
  }

  /// The arguments of a command of the language, as its own completion has them.
  private func arguments(_ head: Head, _ typed: String) -> Answer {
    let settings = try? Settings(flags: head.flags, environment: environment)
    let index = SnapshotIndex(file: settings?.listFile)
    let completer = Completer(
      signatures: { commands }, variables: { [] }, index: index, now: Clock.microseconds)
    let last = typed.isEmpty ? "" : CommandText([typed]).text
    let text = CommandText(head.operands).text + " " + last
    let result = completer.complete(text, cursor: text.unicodeScalars.count)
    var answer = Answer(note: result.note)
    // `--flag=` in front of a value: the shell replaces the whole word.
    let kept = last.unicodeScalars.prefix(last.unicodeScalars.count - result.replacing.count)
    for candidate in result.candidates {
      switch candidate.kind {
      case .file: answer.wantsFiles = true
      case .variable, .keyword, .function: continue
      default:
        let about = candidate.details.filter { !$0.isEmpty }.joined(separator: " · ")
        answer.items.append(Answer.Item(text: String(kept) + candidate.plainText, about: about))
      }
    }
    return answer
  }
}
