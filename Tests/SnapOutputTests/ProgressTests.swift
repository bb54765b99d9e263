import SnapOutput
import Testing

@Suite struct ProgressTests {
  private static let second = 1_000_000

  private func operation(
    _ name: String, _ state: OperationProgress.State, percent: Int? = nil, after: Int = 0,
    expected: Int? = nil
  ) -> OperationProgress {
    OperationProgress(
      verb: "restore", name: name, slice: "web-01", state: state, percent: percent,
      started: state == .waiting ? nil : noon + after * Self.second,
      expected: expected.map { $0 * Self.second })
  }

  private func lines(
    _ operations: [OperationProgress], after seconds: Int, width: Int = 80, most: Int = 8,
    isColored: Bool = false
  ) -> [String] {
    ProgressView(operations, started: noon).lines(
      width: width, most: most, now: noon + seconds * Self.second, isColored: isColored)
  }

  @Test func `one operation has a line with its bar, its time and what is left`() {
    let label = "restore auto-1 · web-01" + String(repeating: " ", count: 11)
    #expect(
      lines([operation("auto-1", .running, percent: 40, expected: 30)], after: 12) == [
        label + "  [=====>        ]   40%       12s     ETA 18s"
      ])
  }

  @Test func `several have a line each while they run, and one for all`() {
    let shown = lines(
      [
        operation("a", .done), operation("b", .failed),
        operation("c", .running, percent: 50, after: 10, expected: 20), operation("d", .waiting),
      ], after: 20)
    #expect(shown.count == 2)
    #expect(shown[0].hasPrefix("restore c · web-01 "))
    #expect(shown[0].hasSuffix("50%       10s     ETA 10s"))
    #expect(shown[1].hasPrefix("all: 2/4, 1 failed "))
    #expect(shown[1].hasSuffix("62%   6.0/min     ETA 20s"))
  }

  @Test func `what is left of all is shared by those that run at a time`() {
    let open = [
      operation("a", .running, expected: 40), operation("b", .running, expected: 20),
      operation("c", .waiting, expected: 20), operation("d", .waiting, expected: 20),
    ]
    #expect(lines(open, after: 10).last?.hasSuffix("ETA 40s") == true)
  }

  @Test func `without an earlier duration the percentage tells what is left`() {
    #expect(
      lines([operation("a", .running, percent: 20)], after: 30)[0].hasSuffix("30s   ETA 2m00s"))
  }

  @Test func `what takes longer than before goes by its percentage, or by nothing`() {
    #expect(
      lines([operation("a", .running, percent: 50, expected: 10)], after: 30)[0]
        .hasSuffix("30s     ETA 30s"))
    let late = lines([operation("a", .running, expected: 10)], after: 30)[0]
    #expect(late.contains(" 99%"))
    #expect(!late.contains("ETA"))
  }

  @Test func `operations that no line is left for are counted`() {
    let shown = lines((1...9).map { operation("s\($0)", .running) }, after: 1, most: 4)
    #expect(shown.count == 4)
    #expect(shown[2] == "… 7 more run")
    #expect(shown[3].hasPrefix("all: 0/9"))
  }

  @Test func `names from outside are shown, not obeyed`() {
    #expect(lines([operation("a\u{1b}[2J", .running)], after: 0)[0].contains("a\\u{1b}[2J"))
  }

  @Test func `the bar has the colour of what it tells`() {
    let shown = lines(
      [operation("a", .running), operation("b", .failed)], after: 0, isColored: true)
    #expect(shown.last?.contains("\u{1b}[31m[") == true)
  }

  @Test(arguments: 1...200) func `every line fits the width`(width: Int) {
    let name = String(repeating: "日本", count: 60)
    let operations = [
      operation(name, .running, percent: 3), operation("b", .running, expected: 4000),
      operation("c", .done), operation("d", .waiting),
    ]
    for line in lines(operations, after: 100_000, width: width) {
      #expect(TerminalText.width(line) <= width)
    }
  }
}
