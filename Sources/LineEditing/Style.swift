/// How a piece of text looks: an SGR rendition (ECMA-48 8.3.117) in values.
package struct Style: Sendable, Equatable {
  package enum Color: Int, Sendable {
    case black = 30
    case red, green, yellow, blue, magenta, cyan, white
    case brightBlack = 90
    case brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite
  }

  package var color: Color?
  package var bold: Bool
  package var dim: Bool
  package var underlined: Bool
  package var reversed: Bool

  package init(
    _ color: Color? = nil, bold: Bool = false, dim: Bool = false, underlined: Bool = false,
    reversed: Bool = false
  ) {
    self.color = color
    self.bold = bold
    self.dim = dim
    self.underlined = underlined
    self.reversed = reversed
  }

  package static let plain = Style()
  package static let dim = Style(dim: true)
  package static let reversed = Style(reversed: true)

  /// The sequence that selects exactly this style, whatever was selected before.
  var selection: String {
    var parameters = "0"
    if bold { parameters += ";1" }
    if dim { parameters += ";2" }
    if underlined { parameters += ";4" }
    if reversed { parameters += ";7" }
    if let color { parameters += ";\(color.rawValue)" }
    return "\u{1b}[\(parameters)m"
  }
}

/// A style for the scalars at `range`, counted in Unicode scalars from the text's start.
package struct StyledRange: Sendable, Equatable {
  package var range: Range<Int>
  package var style: Style

  package init(_ range: Range<Int>, _ style: Style) {
    self.range = range
    self.style = style
  }
}
