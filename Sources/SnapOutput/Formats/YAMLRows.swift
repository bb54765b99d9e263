import SnapLanguage
import Yams

/// YAML in blocks; rows as a list, batch by batch.
struct YAMLRows: RowWriter {
  let isTerminal: Bool
  private var isEmpty = true

  init(isTerminal: Bool) { self.isTerminal = isTerminal }

  mutating func write(_ rows: [Value], to out: TextSink) throws {
    guard !rows.isEmpty else { return }
    isEmpty = false
    // The lists of the batches, one after another, are one list.
    try out(shown(try YAMLText.text(of: .list(rows))))
  }

  func finish(to out: TextSink) throws { if isEmpty { try out("[]\n") } }

  func writeSole(_ value: Value, to out: TextSink) throws {
    try out(shown(try YAMLText.text(of: value)))
  }

  private func shown(_ text: String) -> String {
    isTerminal ? TerminalText.escaped(text, keepsLines: true) : text
  }
}

enum YAMLText {
  static func text(of value: Value) throws(EncodeError) -> String {
    // The depth is checked there.
    _ = try json(of: value)
    let node = node(of: value)
    do {
      let text = try serialize(node: node, width: -1, allowUnicode: true)
      // libyaml ends a plain scalar that is a whole document with this mark.
      return text.hasSuffix("\n...\n") ? String(text.dropLast(4)) : text
    } catch {
      throw .yaml("\(error)")
    }
  }

  private static func node(of value: Value) -> Node {
    switch value {
    case .null, .block: plain("null")
    case .bool(let value): plain(value ? "true" : "false")
    case .int(let value), .size(let value): plain(String(value))
    case .float(let value): plain(text(of: value))
    case .duration(let value):
      value % Timestamp.microsecondsPerSecond == 0
        ? plain(String(value / Timestamp.microsecondsPerSecond))
        : plain(text(of: Double(value) / Double(Timestamp.microsecondsPerSecond)))
    case .datetime(let value): plain(Timestamp.text(value))
    case .string(let text): string(text)
    case .list(let items):
      Node(items.map(node), Tag(.seq), items.isEmpty ? .flow : .block)
    case .record(let record):
      Node(
        zip(record.names, record.wireValues).map { (string($0), node(of: $1)) }, Tag(.map),
        record.names.isEmpty ? .flow : .block)
    }
  }

  private static func plain(_ text: String) -> Node { Node(text, Tag(.str), .plain) }

  private static func string(_ text: String) -> Node {
    Node(text, Tag(.str), mayBeOther(text) ? .singleQuoted : .any)
  }

  /// YAML 1.1 wants a point in a float.
  private static func text(of number: Double) -> String {
    if number.isNaN { return ".nan" }
    guard number.isFinite else { return number < 0 ? "-.inf" : ".inf" }
    let text = "\(number)"
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  /// Whether YAML 1.1 or 1.2 could take the plain text for something else than a string.
  private static func mayBeOther(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return true }
    if words.contains(text.lowercased()) { return true }
    guard (0x30...0x39).contains(first) || first == 0x2B || first == 0x2D || first == 0x2E else {
      return false
    }
    return text.utf8.allSatisfy { numberBytes.contains($0) }
  }

  private static let words: Set<String> = [
    "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "=",
  ]
  /// What numbers (also hexadecimal, octal, sexagesimal, `.inf`, `.nan`) and times are made of.
  private static let numberBytes = Set("0123456789abcdefABCDEF+-._:xXoO iInNtTzZ".utf8)
}
