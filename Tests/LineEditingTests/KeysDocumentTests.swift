import Foundation
import Testing

@testable import LineEditing

/// docs/keys.md says what the keys do.
@Suite struct `The page of the keys` {
  private struct Row {
    let keys: [String]
    let command: String
    let isVi: Bool
  }

  private let rows: [Row]

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/keys.md"), encoding: .utf8)
    var section = ""
    var rows: [Row] = []
    for line in page.split(separator: "\n") {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| "), cells.count == 3, cells[2].hasPrefix("`") else { continue }
      rows.append(
        Row(
          keys: cells[0].components(separatedBy: ", "),
          command: cells[2].trimmingCharacters(in: ["`"]), isVi: section == "vi"))
    }
    self.rows = rows
  }

  /// What a key is called on the page, in the notation of the bindings; nil for one that the table
  /// has by its sequence.
  private static func notation(_ key: String) -> String {
    let special = ["Enter": "^M", "Tab": "^I", "Backspace": "^?", "Ctrl-_": "^_", "Esc": "\\e"]
    if let notation = special[key] { return notation }
    if key.hasPrefix("Ctrl-X ") { return "^X" + notation(String(key.dropFirst(7))) }
    if key.hasPrefix("Ctrl-") { return "^" + key.dropFirst(5) }
    if key.hasPrefix("Alt-") {
      return "\\e" + (special[String(key.dropFirst(4))] ?? key.dropFirst(4).lowercased())
    }
    return key
  }

  private static let sequences = [
    "↑": ["[A"], "↓": ["[B"], "→": ["[C"], "←": ["[D"], "Home": ["[H", "[1~", "[7~"],
    "End": ["[F", "[4~", "[8~"], "Delete": ["[3~"], "Ctrl-Delete": ["[3;5~"],
    "Shift-Tab": ["[Z"], "Ctrl-→": ["[1;5C"], "Alt-→": ["[1;3C"], "Ctrl-←": ["[1;5D"],
    "Alt-←": ["[1;3D"],
  ]

  private func bindings(vi: Bool) -> [String: String] {
    let bindings = DefaultBindings.bindings(vi: vi).filter { $0.alternative == vi }
    return Dictionary(bindings.map { ($0.key, $0.command) }) { $1 }
  }

  @Test func `names only keys that do what it says`() {
    #expect(rows.count > 30)
    let sequences = Dictionary(DefaultBindings.sequences.map { ($0.0, $0.1) }) { $1 }
    for row in rows {
      let bindings = bindings(vi: row.isVi)
      for key in row.keys {
        if let own = Self.sequences[key] {
          for sequence in own { #expect(sequences[sequence] == row.command, "\(key)") }
        } else if let command = bindings[Self.notation(key)] {
          #expect(command == row.command, "\(key)")
        } else {
          // One of libedit's own, which EditingTests tries.
          #expect(!row.command.hasPrefix("snapsh-"), "\(key)")
        }
      }
    }
  }

  @Test(arguments: [false, true])
  func `leaves out no key of the bindings`(vi: Bool) {
    let named = Set(rows.filter { $0.isVi == vi || !$0.isVi }.flatMap(\.keys).map(Self.notation))
    let sequences = Set(rows.flatMap(\.keys).compactMap { Self.sequences[$0] }.joined())
    for (sequence, _) in DefaultBindings.sequences { #expect(sequences.contains(sequence)) }
    for (key, command) in bindings(vi: vi)
    where command != "snapsh-nothing" && command != "snapsh-paste" && !key.hasPrefix("\\2") {
      // Either case of a letter with Alt.
      #expect(named.contains(key) || named.contains(key.lowercased()), "\(key) \(command)")
    }
  }
}
