extension JSON {
  /// The value as JSON text: on one line, or indented by two spaces.
  package func text(indented: Bool = false) -> String {
    var text = JSONText()
    text.append(self, indent: indented ? 0 : nil)
    return text.string
  }

  /// `scalar` as one `\uXXXX` escape, or as two when it lies beyond the basic plane.
  package static func escape(_ scalar: Unicode.Scalar) -> String {
    scalar.utf16.map { unit in
      let hex = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }.joined()
  }
}
