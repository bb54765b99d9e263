import LineEditing
import SnapLanguage

/// A script of the lines that succeeded, which passes the check; the others are comments.
struct HistoryScript {
  private enum Part {
    case code(String)
    case comment(String)
  }

  private(set) var text = ""

  /// `check` gives the errors of a whole script.
  init(_ entries: [HistoryEntry], check: (String) -> [Diagnostic]) {
    let entries = entries.filter { !$0.onlyLooksBack }
    var parts = entries.map { entry -> Part in
      switch entry.code {
      case 0?: .code(entry.command)
      case let code?: .comment("failed with \(code): \(entry.command)")
      case nil: .comment("did not end: \(entry.command)")
      }
    }
    // A line that is left out may be what another one needs.
    while true {
      let (text, places) = Self.script(entries, parts)
      self.text = text
      var messages: [Int: String] = [:]
      for diagnostic in check(text) {
        let line = diagnostic.span.source.position(of: diagnostic.span.range.lowerBound).line
        guard let index = places[line], messages[index] == nil else { continue }
        messages[index] = diagnostic.message
      }
      guard !messages.isEmpty else { return }
      for (index, message) in messages {
        parts[index] = .comment("left out, for \(message): \(entries[index].command)")
      }
    }
  }

  /// The text, and the parts of code by their lines.
  private static func script(
    _ entries: [HistoryEntry], _ parts: [Part]
  ) -> (text: String, places: [Int: Int]) {
    var lines = ["#!/usr/bin/env snapsh", "# lines of the history, by: history --to-script"]
    var places: [Int: Int] = [:]
    var profile: String?
    var isComment = true
    for (index, part) in parts.enumerated() {
      if let name = entries[index].profile, name != profile {
        lines += ["", "# on profile: \(name)"]
        (profile, isComment) = (name, true)
      }
      switch part {
      case .comment(let text):
        if !isComment { lines.append("") }
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "# \($0)" }
        isComment = true
      case .code(let text):
        // A comment right above a function would become its help.
        if isComment { lines.append("") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
          lines.append(String(line))
          places[lines.count] = index
        }
        isComment = false
      }
    }
    return (lines.joined(separator: "\n"), places)
  }
}

extension HistoryEntry {
  /// Whether it has shown the history or help, and done nothing.
  fileprivate var onlyLooksBack: Bool {
    code == 0 && ["history", "help"].contains { command == $0 || command.hasPrefix($0 + " ") }
      && !command.contains { "|;\n".contains($0) }
  }
}
