import OrderedJSON
import Testing

@testable import LanguageServer

struct DocumentTests {
  private static func change(
    _ start: (Int, Int), _ end: (Int, Int), _ text: String
  ) -> JSON {
    [
      "range": [
        "start": ["line": .int(start.0), "character": .int(start.1)],
        "end": ["line": .int(end.0), "character": .int(end.1)],
      ], "text": .string(text),
    ]
  }

  @Test(
    "A change goes where the client's units say",
    arguments: [
      (PositionEncoding.utf16, 2, 3), (.utf8, 4, 5),
    ])
  func changeUsesEncoding(_ encoding: PositionEncoding, _ start: Int, _ end: Int) throws {
    var document = Document(uri: "x:", version: 1, text: "a\n😀bü\n", encoding: encoding)
    try document.apply(Self.change((1, start), (1, end), "X"))
    #expect(document.text == "a\n😀Xü\n")
  }

  @Test(
    "Columns behind a line and lines behind the text are their ends",
    arguments: [
      ((0, 99), "ab!\ncd"), ((9, 0), "ab\ncd!"), ((1, 99), "ab\ncd!"), ((0, 2), "ab!\ncd"),
    ])
  func positionsAreBounded(_ place: (Int, Int), _ expected: String) throws {
    var document = Document(uri: "x:", version: 1, text: "ab\ncd", encoding: .utf16)
    try document.apply(Self.change(place, place, "!"))
    #expect(document.text == expected)
  }

  @Test("Lines end with a line feed, a carriage return, or both")
  func lineEnds() {
    let lines = TextLines(Array("a\r\nb\rc\n\r\nd".utf8), encoding: .utf16)
    #expect(lines.offset(of: Position(line: 0, character: 9)) == 1)
    #expect(lines.offset(of: Position(line: 2, character: 0)) == 5)
    #expect(lines.offset(of: Position(line: 4, character: 1)) == 10)
    #expect(lines.position(of: 9) == Position(line: 4, character: 0))
  }

  @Test("A place inside a character that takes two units is before it")
  func halfCharacters() {
    let lines = TextLines(Array("😀x".utf8), encoding: .utf16)
    #expect(lines.offset(of: Position(line: 0, character: 1)) == 0)
    #expect(lines.offset(of: Position(line: 0, character: 2)) == 4)
  }

  @Test("Ten thousand random changes give what an editor has", arguments: 0..<4)
  func randomChanges(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 1)
    let isUTF8 = seed % 2 == 1
    let encoding: PositionEncoding = isUTF8 ? .utf8 : .utf16
    var document = Document(uri: "x:", version: 1, text: "", encoding: encoding)
    var model: [Unicode.Scalar] = []
    let alphabet: [Unicode.Scalar] = ["a", "\n", "😀", "ü", "\t", "\u{0301}", "…", "x", "\r"]
    for _ in 0..<10_000 {
      let start = Int.random(in: 0...model.count, using: &random)
      let end = min(model.count, start + Int.random(in: 0...6, using: &random))
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      guard let from = Self.place(start, model, isUTF8), let to = Self.place(end, model, isUTF8)
      else { continue }
      model.replaceSubrange(start..<end, with: text)
      try document.apply(Self.change(from, to, Self.string(text)))
      if model.count > 300 { model.removeAll(); try document.apply(["text": ""]) }
    }
    #expect(document.text == Self.string(model))
  }

  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Counted anew; nil between the two characters of a line's end, which is no place of a line.
  private static func place(
    _ offset: Int, _ scalars: [Unicode.Scalar], _ isUTF8: Bool
  ) -> (Int, Int)? {
    if offset > 0, offset < scalars.count, scalars[offset - 1] == "\r", scalars[offset] == "\n" {
      return nil
    }
    var (line, column) = (0, 0)
    for index in 0..<offset {
      let scalar = scalars[index]
      let isBeforeFeed = index + 1 < scalars.count && scalars[index + 1] == "\n"
      if scalar == "\n" || (scalar == "\r" && !isBeforeFeed) {
        (line, column) = (line + 1, 0)
      } else {
        column += isUTF8 ? UTF8.width(scalar) : UTF16.width(scalar)
      }
    }
    return (line, column)
  }
}

/// Numbers that are the same each time (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
