import SnapOutput
import Testing

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain é 日本 😀", "plain é 日本 😀"), ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
    ("a\r\nb\tc", "a\\u{d}\\u{a}b\\u{9}c"), ("\u{9b}2J\u{85}\u{7f}", "\\u{9b}2J\\u{85}\\u{7f}"),
    ("\u{202e}gpj\u{2066}", "\\u{202e}gpj\\u{2066}"),
    ("a\u{200b}b\u{feff}", "a\\u{200b}b\\u{feff}"),
    ("x\u{ad}\u{e0041}", "x\\u{ad}\\u{e0041}"), ("❤\u{fe0f}", "❤\u{fe0f}"),
    ("\u{2028}", "\\u{2028}"),
    ("\u{3164}\u{2800}", "\\u{3164}\u{2800}"), ("", ""),
  ])
  func `what a terminal would obey or a person overlook is shown`(text: String, shown: String) {
    #expect(TerminalText.escaped(text) == shown)
  }

  @Test func `lines and tabs stay where they are meant`() {
    #expect(TerminalText.escaped("a\tb\r\n\u{1b}", keepsLines: true) == "a\tb\\u{d}\n\\u{1b}")
  }

  @Test func `no control survives`() {
    for code in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code) else { continue }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        #expect(TerminalText.isUnsafe(scalar), "U+\(String(code, radix: 16))")
      default: continue
      }
    }
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한", 2),
    ("\u{1112}\u{1161}\u{11ab}", 2), ("😀", 2), ("👍🏽", 2), ("🇯🇵", 2), ("❤\u{fe0f}", 2), ("❤", 1),
    ("…", 1),
    ("a\u{300}\u{301}\u{302}", 1), ("ก็", 1), ("━", 1),
  ])
  func `characters have the width that terminals give them`(text: String, width: Int) {
    #expect(TerminalText.width(text) == width)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"), ("abc", 1, "…"), ("abc", 0, ""), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func `text is cut to a width`(text: String, width: Int, cut: String) {
    #expect(TerminalText.truncated(text, to: width) == cut)
  }

  @Test(arguments: [
    ("abcde", 2, ["ab", "cd", "e"]), ("", 3, [""]), ("日本", 3, ["日", "本"]), ("日", 1, ["日"]),
  ])
  func `text is wrapped between characters`(text: String, width: Int, lines: [String]) {
    #expect(TerminalText.wrapped(text, to: width) == lines)
  }
}
