/// The values that a text without quotes can be read as.
package enum Literals {
  /// An int, float, size, duration or datetime; nil for other text, and for numbers too large.
  package static func value(of text: String) -> Value? {
    guard let first = text.utf8.first, Ascii.isDigit(first) || first == Ascii.minus else {
      return nil
    }
    if let value = int(text) { return .int(value) }
    if let value = Units.size(text) { return .size(value) }
    if let value = Units.duration(text) { return .duration(value) }
    if let value = Timestamp.parse(text) { return .datetime(value) }
    return float(text).map(Value.float)
  }

  package static func int(_ text: String) -> Int? {
    text.utf8.allSatisfy { Ascii.isDigit($0) || $0 == Ascii.minus } ? Int(text) : nil
  }

  /// Digits with a point or an exponent; no `inf`, `nan` or hexadecimal form.
  package static func float(_ text: String) -> Double? {
    let isPlain = text.utf8.allSatisfy {
      Ascii.isDigit($0) || [Ascii.dot, Ascii.minus, Ascii.plus, 0x65, 0x45].contains($0)
    }
    let hasPoint = text.utf8.contains { [Ascii.dot, 0x65, 0x45].contains($0) }
    guard isPlain, hasPoint, let value = Double(text), value.isFinite else { return nil }
    return value
  }

  static func help(for text: String) -> String? {
    let unit = text.drop { $0.isNumber || $0 == "." || $0 == "-" }
    if text.count(where: { $0 == "." }) > 1 { return "a number has one '.' at most" }
    let units = Units.durations.map(\.unit) + Units.sizes.map(\.unit)
    let isExponent = ["e", "E"].contains(unit.first) && unit.dropFirst().allSatisfy(\.isNumber)
    if unit.isEmpty || isExponent || units.contains(String(unit)) {
      return "the number is too large for 64 bits"
    }
    if unit == "m" { return "did you mean 'min' or 'MB'?" }
    if let near = Suggestions.help(for: String(unit), among: units) { return near }
    return "units: \(units.joined(separator: " ")); text stands in quotes"
  }
}
