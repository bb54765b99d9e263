extension LayoutBuilder {
  /// A string, number, constant, column or text of a row, as it stands.
  ///
  /// The span of a leaf in parentheses has them as well, so its end is looked for.
  mutating func leaf(_ expression: Expression) -> Layout {
    let comments = comments()
    return .joined(comments + [take(to: leafEnd(expression))])
  }

  private func leafEnd(_ expression: Expression) -> Int {
    var parser = Parser(source)
    parser.scanner.at = at
    do throws(Parser.SyntaxError) {
      if Ascii.isQuoting(byte) {
        _ = try parser.quoted()
      } else if case .literal(.string) = expression.kind {
        parser.skipTextOfRow()
      } else if Ascii.isDigit(byte) {
        _ = try parser.number()
      } else {
        _ = parser.scanner.take(".")
        _ = parser.scanner.identifier()
      }
    } catch {
      // The whole text has been parsed, and this is a part of it.
      return expression.span.range.upperBound
    }
    return parser.scanner.at
  }
}
