import SnapOutput
import Testing

@Suite struct ChangedLinesTests {
  @Test func `the cells that changed are set off, and what is new as a whole`() {
    let before = ["ID  NAME  STATE", " 1  a     create 40%", " 2  b     -"]
    let now = ["ID  NAME  STATE", " 1  a     create 60%", " 2  b     -", " 3  c     -"]
    #expect(
      ChangedLines.marked(now, since: before) == [
        nil, " 1  a     \u{1b}[7mcreate 60%\u{1b}[0m", nil, "\u{1b}[7m 3  c     -\u{1b}[0m",
      ])
  }

  @Test func `an age that goes on is no change`() {
    #expect(ChangedLines.marked(["1  a  41 s"], since: ["1  a  40 s"]) == [nil])
  }

  @Test func `a row that moves is no change`() {
    #expect(ChangedLines.marked(["2  b", "1  a"], since: ["1  a", "2  b"]) == [nil, nil])
  }

  @Test func `the first time nothing has changed`() {
    #expect(ChangedLines.marked(["1  a"], since: []) == [nil])
  }
}
