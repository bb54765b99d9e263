package import SnapLanguage

/// `help`: the commands, or all about one.
package struct Help: Callable {
  let commands: @Sendable () -> [Signature]

  package var signature: Signature { Self.declaration }

  static let declaration = Signature(
    "help", group: .shell, about: "Show the commands, or all about one",
    parameters: [Parameter("command", .command, required: false)],
    effect: .read,
    examples: [Signature.Example("help restore", "one command")])

  package func run(_ call: Call) throws -> Outcome {
    let signatures = commands()
    guard let name = call["command"]?.stringValue else {
      return .value(.string(Self.overview(signatures)))
    }
    if name == "functions" { return .value(.string(HelpText.functions)) }
    guard let found = signatures.first(where: { $0.name == name || $0.aliases.contains(name) })
    else {
      if let function = Functions.named(name) {
        return .value(.string("\(function.usage)\n\n\(function.about)"))
      }
      throw Failure(
        .notfound, "there is no command '\(name)'",
        help: Suggestions.help(for: name, among: signatures.map(\.name))
          ?? "'help' lists the commands")
    }
    return .value(.string(HelpText.page(found)))
  }

  private static func overview(_ signatures: [Signature]) -> String {
    var lines: [String] = []
    let width = (signatures.map(\.name.count).max() ?? 0) + 2
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
    lines.append("help COMMAND shows one of them, with examples; help functions, the functions")
    return lines.joined(separator: "\n")
  }
}
