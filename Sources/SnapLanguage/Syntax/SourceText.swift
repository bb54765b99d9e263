/// A text with its name, as diagnostics show it.
package final class SourceText: Sendable {
  /// A path, or a name such as `<prompt>`.
  package let name: String
  package let bytes: [UInt8]
  private let lineStarts: [Int]

  package init(name: String, text: String) {
    self.name = name
    bytes = Array(text.utf8)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(index + 1)
    }
    lineStarts = starts
  }

  package struct Position: Sendable, Hashable {
    /// From 1.
    package let line: Int
    /// In characters, from 1.
    package let column: Int
  }

  package func position(of offset: Int) -> Position {
    let line = line(of: offset)
    let before = String(decoding: bytes[lineStarts[line]..<min(offset, bytes.count)], as: UTF8.self)
    return Position(line: line + 1, column: before.count + 1)
  }

  /// The index of the line that holds `offset`.
  private func line(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The text of line `number` (from 1), without its end.
  package func line(_ number: Int) -> String {
    let start = lineStarts[number - 1]
    let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  package func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// A part of a source text, in bytes.
package struct Span: Sendable {
  package let source: SourceText
  package let range: Range<Int>

  package init(_ source: SourceText, _ range: Range<Int>) {
    self.source = source
    self.range = range
  }

  package var text: String { source.text(range) }

  package func extended(to end: Span) -> Span {
    Span(source, range.lowerBound..<max(range.upperBound, end.range.upperBound))
  }
}
