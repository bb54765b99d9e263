import SnapOutput
import Testing

@Suite struct ProgressTests {
  @Test(arguments: [
    (
      ProgressLine("rm", done: 12, total: 24, detail: "web-1"), 60,
      "rm  [===============>              ]   50%  12/24  web-1"
    ),
    (ProgressLine("rm", done: 0, total: 24), 30, "rm  [            ]    0%  0/24"),
    (ProgressLine("rm", done: 24, total: 24), 30, "rm  [===========]  100%  24/24"),
    (ProgressLine("rm", done: 999, total: 1000), 20, "rm   99%  999/1000"),
    (ProgressLine("rm", done: 999, total: 1000), 12, "rm   99%"),
    (ProgressLine("reading", done: 300, total: nil), 40, "reading  300"),
    (
      ProgressLine("a\u{1b}", done: 1, total: nil, detail: "a long detail here"), 20,
      "a\\u{1b}  1  a long …"
    ),
  ])
  func `a line shows the part that is done`(line: ProgressLine, width: Int, text: String) {
    #expect(line.text(width: width) == text)
  }

  @Test(arguments: 1...200) func `the line fits its width`(width: Int) {
    for line in [
      ProgressLine("create", done: 3, total: 7, detail: String(repeating: "日本", count: 60)),
      ProgressLine(String(repeating: "日", count: 99), done: 3, total: nil),
      ProgressLine("x", done: 5, total: 0), ProgressLine("x", done: -1, total: 5),
    ] {
      #expect(TerminalText.width(line.text(width: width)) <= width)
    }
  }
}
