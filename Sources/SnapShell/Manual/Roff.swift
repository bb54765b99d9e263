/// Text in the language of manual pages, the macros of man(7).
struct Roff {
  private(set) var text = ""

  init(title: String, section: Int, source: String, volume: String) {
    text = ".TH \(title) \(section) \"\" \"\(source)\" \"\(volume)\"\n"
  }

  mutating func section(_ title: String) { line(".SH \(Self.escaped(title.uppercased()))") }

  mutating func subsection(_ title: String) { line(".SS \(Self.escaped(title))") }

  /// Paragraphs are divided by empty lines; a line that begins with `- ` begins one of a list.
  mutating func paragraphs(_ text: String) {
    line(".PP")
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if part.isEmpty {
        line(".PP")
      } else if part.hasPrefix("- ") {
        line(".IP \\(bu 2")
        line(Self.escaped(String(part.dropFirst(2))))
      } else {
        line(Self.escaped(String(part.drop { $0 == " " })))
      }
    }
  }

  /// Lines that stay as they are.
  mutating func code(_ code: String) {
    line(".PP")
    line(".RS 4")
    line(".EX")
    for part in code.split(separator: "\n", omittingEmptySubsequences: false) {
      line(Self.escaped(String(part), isCode: true))
    }
    line(".EE")
    line(".RE")
  }

  mutating func term(_ word: String, _ meaning: String) {
    line(".TP")
    line("\\fB\(Self.escaped(word, isCode: true))\\fR")
    paragraph(meaning)
  }

  /// One paragraph, whose line breaks mean nothing.
  mutating func paragraph(_ text: String) {
    line(Self.escaped(text.split(whereSeparator: \.isNewline).joined(separator: " ")))
  }

  private mutating func line(_ line: String) { text += line + "\n" }

  /// A `-` of code is one that can be copied, and no line is taken for a request.
  private static func escaped(_ text: String, isCode: Bool = false) -> String {
    var out = ""
    for character in text {
      switch character {
      case "\\": out += "\\e"
      case "-": out += isCode ? "\\-" : "-"
      case "'" where isCode: out += "\\(aq"
      case "^" where isCode: out += "\\(ha"
      case "~" where isCode: out += "\\(ti"
      default: out.append(character)
      }
    }
    return out.hasPrefix(".") || out.hasPrefix("'") ? "\\&" + out : out
  }
}
