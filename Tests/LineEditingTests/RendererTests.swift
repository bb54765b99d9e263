import TerminalKit
import Testing

@testable import LineEditing

@Suite struct `Drawing` {
  /// Scalars of one, two and no columns, controls, and line ends.
  private static let alphabet = Array("abc  日本é\u{301}🎉\u{3}\n".unicodeScalars)

  private func frame(
    _ random: inout some RandomNumberGenerator, columns: Int, rows: Int
  ) -> Frame {
    let count = Int.random(in: 0...60, using: &random)
    let text = (0..<count).compactMap { _ in Self.alphabet.randomElement(using: &random) }
    var view = EditorView(
      prompt: Prompt("> "), text: text, cursor: Int.random(in: 0...count, using: &random))
    if Bool.random(using: &random) { view.styles = [StyledRange(3..<9, Style(.green))] }
    if Bool.random(using: &random) { view.menu = [MenuLine(text: "menu"), MenuLine(text: "日")] }
    return view.frame(rows: rows, columns: columns)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `a frame over any other looks as if it were the first`(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let columns = Int.random(in: 5...30, using: &random)
    let rows = Int.random(in: 2...12, using: &random)
    var screen = Screen(rows: rows, columns: columns)
    var renderer = Renderer()
    for _ in 0..<30 {
      let frame = frame(&random, columns: columns, rows: rows)
      feed(&screen, renderer.paint(frame, columns: columns))
      let expected = frame.rows.map { row in
        var text = row.cells.map(\.text).joined()
        while text.last == " " { text.removeLast() }
        return text
      }
      #expect(
        screen.lines.suffix(rows - (screen.row - frame.cursor.row)).prefix(expected.count)
          .elementsEqual(expected))
      #expect(screen.column == frame.cursor.column)
      #expect(screen.unknown == [])
      if Int.random(in: 0..<8, using: &random) == 0 { feed(&screen, renderer.erase()) }
    }
  }

  @Test func `a frame that is already shown costs nothing`() {
    let frame = EditorView(prompt: Prompt("> "), text: ["a"], cursor: 1).frame(rows: 5, columns: 9)
    var renderer = Renderer()
    #expect(renderer.paint(frame, columns: 9) != "")
    #expect(renderer.paint(frame, columns: 9) == "")
  }

  @Test(arguments: [80, 160])
  func `only cells that changed are written`(columns: Int) {
    var line = String(repeating: "create 日本-01 ", count: 40)
    var renderer = Renderer()
    func bytes(_ cursor: Int, _ styles: [StyledRange] = []) -> String {
      let view = EditorView(
        prompt: Prompt("> "), text: Array(line.unicodeScalars), cursor: cursor, styles: styles)
      return renderer.paint(view.frame(rows: 24, columns: columns), columns: columns)
    }
    let count = line.unicodeScalars.count
    _ = bytes(count)
    line.append("x")
    #expect(bytes(count + 1) == "x")
    line.replace("日", with: "月", maxReplacements: 1)
    let changed = bytes(count + 1)
    #expect(changed.filter { $0.isLetter && !$0.isASCII } == "月")
    #expect(!changed.contains("create") && !changed.contains("01"))
    #expect(bytes(count + 1) == "")
    #expect(bytes(count) == "\r\u{1b}[\(renderer.shown?.cursor.column ?? 0)C")
    let coloured = bytes(count, [StyledRange(0..<6, Style(.blue))])
    #expect(coloured.filter(\.isLetter).contains("create"))
    #expect(!coloured.contains("本"))
  }

  /// Every byte that is drawn is the new text of its cell, at 80 and 160 columns, with wide
  /// characters at the right margin and colours that change with each letter.
  @Test(arguments: [79, 80, 81, 160])
  func `a line that is typed letter by letter draws no cell twice`(columns: Int) {
    var screen = Screen(rows: 12, columns: columns)
    var renderer = Renderer()
    var text: [Unicode.Scalar] = []
    for scalar in String(repeating: "a日b本cd", count: 60).unicodeScalars {
      text.append(scalar)
      let view = EditorView(prompt: Prompt("> "), text: text, cursor: text.count)
      let frame = view.frame(rows: 12, columns: columns)
      let bytes = renderer.paint(frame, columns: columns)
      if text.count > 1 {
        #expect(
          bytes.unicodeScalars.filter { $0.properties.isAlphabetic && $0 != "C" && $0 != "K" }.count
            <= 1)
      }
      feed(&screen, bytes)
      #expect(
        screen.lines.prefix(frame.rows.count).elementsEqual(
          frame.rows.map { $0.cells.map(\.text).joined() }))
      #expect(screen.column == frame.cursor.column && screen.row == frame.cursor.row)
    }
    #expect(screen.unknown == [])
  }

  @Test func `erasing leaves what was above`() {
    var screen = Screen(rows: 5, columns: 10)
    feed(&screen, "above\n")
    var renderer = Renderer()
    let view = EditorView(prompt: Prompt("> "), text: Array(repeating: "x", count: 15), cursor: 15)
    feed(&screen, renderer.paint(view.frame(rows: 5, columns: 10), columns: 10))
    #expect(screen.text == "above\n> xxxxxxxx\nxxxxxxx")
    feed(&screen, renderer.erase())
    #expect(screen.text == "above")
    #expect(screen.row == 1)
  }

  /// As a terminal gets it from a line discipline with ONLCR.
  private func feed(_ screen: inout Screen, _ text: String) {
    for byte in text.utf8 { screen.feed(byte == 10 ? [13, 10] : [byte]) }
  }
}

/// Sebastiano Vigna's SplitMix64: the same numbers on every machine.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
