package import SnapLanguage

/// `help`: the commands and topics, or all about one.
package struct Help: Callable {
  let commands: @Sendable () -> [Signature]
  /// Those of the terminal, if there is one.
  let columns: @Sendable () -> Int?

  package var signature: Signature { Self.declaration }

  static let declaration = Signature(
    "help", group: .shell, about: "Show the commands, or all about one or a topic",
    parameters: [
      Parameter("command", .command, about: "or a topic, or a function", required: false)
    ],
    effect: .read,
    examples: [
      Signature.Example("help restore", "one command, examples first"),
      Signature.Example("help tour", "what to type to get to know it"),
      Signature.Example("help language", "the language in one page"),
    ])

  package func run(_ call: Call) throws -> Outcome {
    let text = try text(of: call["command"]?.stringValue)
    guard call.isShown, let columns = columns() else { return .value(.string(text)) }
    return .value(.string(FittedText.text(text, columns: columns)))
  }

  private func text(of name: String?) throws -> String {
    let signatures = commands()
    guard let name else { return Self.overview(signatures) }
    if let found = signatures.first(where: { $0.name == name || $0.aliases.contains(name) }) {
      return HelpText.page(found)
    }
    if let topic = Topic.named(name) { return topic.page }
    if let function = Functions.named(name) { return "\(function.usage)\n\n\(function.about)" }
    throw Failure(
      .notfound, "there is no help on '\(name)'",
      help: Suggestions.help(
        for: name,
        among: signatures.map(\.name) + Topic.all.map(\.name) + Array(Functions.all.keys))
        ?? "'help' lists the commands and topics")
  }

  private static func overview(_ signatures: [Signature]) -> String {
    var lines: [String] = []
    let names = signatures.map(\.name) + Topic.all.map(\.name)
    let width = (names.map(\.count).max() ?? 0) + 2
    for group in Signature.Group.allCases {
      let members = signatures.filter { $0.group == group }.sorted { $0.name < $1.name }
      guard !members.isEmpty else { continue }
      lines.append(HelpText.title(group))
      for signature in members {
        let gap = String(repeating: " ", count: max(1, width - signature.name.count))
        lines.append("  \(signature.name)\(gap)\(signature.about)")
      }
      lines.append("")
    }
    lines.append("Topics")
    for topic in Topic.all {
      let gap = String(repeating: " ", count: max(1, width - topic.name.count))
      lines.append("  \(topic.name)\(gap)\(topic.about)")
    }
    lines += ["", "help NAME shows one of them, a command's with its examples first"]
    return lines.joined(separator: "\n")
  }
}
