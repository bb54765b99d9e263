import SnapLanguage
import SnapOutput
import Testing

/// Rows that are read one by one: the same as those of a whole text, and no more than are needed.
@Suite struct RowReaderTests {
  /// What each line is by itself, read as a document.
  private static func eager(_ lines: [String]) throws(DecodeError) -> [Value] {
    var values: [Value] = []
    for line in lines { values.append(try Formats.decode(line, as: .json)) }
    return values
  }

  private static func lazy(_ bytes: [UInt8], piece: Int = 1 << 20) throws -> [Value] {
    var rest = bytes[...]
    return try Formats.rows(
      from: { memory in
        let next = rest.prefix(min(piece, memory.count))
        memory.copyBytes(from: next)
        rest = rest.dropFirst(next.count)
        return next.count
      }, as: .jsonl
    ).collect()
  }

  @Test(arguments: 0..<300) func `a row read from a line is the row of the document`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(state: seed)
    let lines = randomLines(using: &random)
    let rows = try Self.lazy(Array(lines.joined(separator: "\n").utf8))
    let expected = try Self.eager(lines)
    #expect(rows.map(\.typed) == expected.map(\.typed))
    for (row, same) in zip(rows, expected) {
      guard let record = row.recordValue, let other = same.recordValue else { continue }
      for name in other.names { #expect(record[name]?.typed == other[name]?.typed) }
    }
  }

  @Test(arguments: 0..<300) func `a row that was read is written as any other`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(state: seed)
    let lines = randomLines(using: &random)
    let rows = try Self.lazy(Array((lines.joined(separator: "\r\n") + "\n").utf8))
    let expected = try Self.eager(lines)
    for format in [OutputFormat.json, .jsonl, .csv] {
      #expect(try text(.list(rows), format) == text(.list(expected), format))
    }
  }

  @Test(arguments: 0..<2000) func `a damaged line is refused when the document is`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(state: seed)
    var line = Array(randomObject(using: &random, depth: 2).utf8)
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let place = Int.random(in: line.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: line[place] = UInt8.random(in: 0...255, using: &random)
      case 1: line.remove(at: place)
      case 2:
        line.insert(Array("{}[]:,\"\\0e.-+".utf8).randomElement(using: &random) ?? 0, at: place)
      default: line[place] = line.randomElement(using: &random) ?? 0
      }
      if line.isEmpty { line = [0x7B] }
    }
    line.removeAll { $0 == 0x0A }
    guard line.contains(where: { $0 > 0x20 }), !line.starts(with: [0xEF, 0xBB, 0xBF]) else {
      return
    }
    let expected = Result { try Formats.decode(line, as: .json).typed }
    let read = Result { try Self.lazy(line).map(\.typed).joined() }
    switch (expected, read) {
    case (.success(let expected), .success(let read)): #expect(read == expected)
    case (.failure(let expected as DecodeError), .failure(let read as DecodeError)):
      #expect(read.line == 1 && read.column == expected.column)
      #expect(read.message == expected.message.replacing("not JSON:", with: "not JSON lines:"))
    default: Issue.record("\(String(decoding: line, as: UTF8.self)): \(expected), but \(read)")
    }
  }

  @Test(
    arguments: [
      "1e999", "1e99", "-0", "0.0", "123456789012345678901234567890", "9223372036854775807",
      "-9223372036854775808", "1234567890123456789", String(repeating: "9", count: 400), "1E+2",
      "01", "1.", ".5", "-", "1e", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\u{7F}\"", "\"\u{85}\"",
      "\"\\u00e9\"", "\"é日👩‍👧\"", "\"\\/\"", "\"\\q\"", "\"\\u12\"", "[1, 2]", "[]", "[1,]", "{}",
      "{\"a\": 1, \"a\": 2}", "{\"a\":1,\"b\":{\"b\":[null]}}", "tru", "nul", "\"open", "",
      String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
      String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
      "\"" + String(repeating: "long ", count: 20_000) + "\"",
    ])
  func `a field is what the document has`(field: String) throws {
    let line = "{\"x\":1,\"field\":\(field),\"y\":\"z\"}"
    let expected = Result { try text(.list([Formats.decode(line, as: .json)]), .jsonl) }
    let read = Result { try text(.list(Self.lazy(Array(line.utf8))), .jsonl) }
    switch (expected, read) {
    case (.success(let expected), .success(let read)): #expect(read == expected)
    case (.failure, .failure): break
    default: Issue.record("\(line.prefix(100)): \(expected), but \(read)")
    }
  }

  @Test func `a name that comes twice has its first place and its last value`() throws {
    let rows = try Self.lazy(Array(#"{"a":1,"b":2,"\u0061":3}"#.utf8))
    #expect(rows.map(\.typed) == [#"{"a": int(3), "b": int(2)}"#])
  }

  @Test func `rows with the same names share a shape`() throws {
    let lines = ["{\"a\":1,\"b\":2}", "{\"a\":3}", "{ \"a\" : 4 , \"b\" : 5 }", "{\"a\":6}"]
    let shapes = try Self.lazy(Array(lines.joined(separator: "\n").utf8))
      .compactMap(\.recordValue?.shape)
    #expect(shapes[0] === shapes[2])
    #expect(shapes[1] === shapes[3])
    #expect(shapes[0] !== shapes[1])
  }

  @Test func `objects with ever new names are read`() throws {
    let lines = (0..<6000).map { "{\"key \($0)\":\($0)}" }
    let rows = try Self.lazy(Array(lines.joined(separator: "\n").utf8))
    #expect(rows.map(\.typed) == (0..<6000).map { "{\"key \($0)\": int(\($0))}" })
  }

  @Test(arguments: [DataFormat.jsonl, .csv], [1, 2, 3, 7, 64])
  func `where a text is cut into pieces changes nothing`(format: DataFormat, piece: Int) throws {
    let source =
      format == .csv
      ? "\u{FEFF}a,b\r\n\n1,\"x\n\"\"y\"\r\n2,é\n,\"\"\n"
      : "\u{FEFF}{\"a\":1,\"b\":\"é\"}\r\n\n[1]\n{\"b\":null,\"a\":\"日\"}"
    var rest = Array(source.utf8)[...]
    let rows = try Formats.rows(
      from: { memory in
        let next = rest.prefix(piece)
        memory.copyBytes(from: next)
        rest = rest.dropFirst(next.count)
        return next.count
      }, as: format
    ).collect()
    #expect(try Value.list(rows).typed == Formats.decode(source, as: format).typed)
  }

  @Test(arguments: [
    (DataFormat.jsonl, "{\"a\":1}\n", "{\"a\":oops}\n", 9, 6), (.csv, "a\n1\n", "\"x\"y\n", 10, 4),
  ])
  func `the rows before a bad line come, and its place is told`(
    format: DataFormat, good: String, bad: String, line: Int, column: Int
  ) throws {
    let row = String(good.split(separator: "\n").last ?? "") + "\n"
    let text = good + String(repeating: row, count: 7) + bad + row
    let stream = Formats.rows(from: Formats.source(Array(text.utf8)), as: format)
    var count = 0
    let error = #expect(throws: DecodeError.self) {
      while let batch = try stream.next() { count += batch.count }
    }
    #expect(count == 8)
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(throws: DecodeError.self) { try stream.next() }
  }

  @Test(arguments: [DataFormat.jsonl, .csv])
  func `a source without end is read no further than needed`(format: DataFormat) throws {
    var pieces = 0
    let stream = Formats.rows(
      from: { memory in
        pieces += 1
        let text = format == .csv ? "\(pieces),x\n" : "{\"n\":\(pieces)}\n"
        memory.copyBytes(from: text.utf8)
        return text.utf8.count
      }, as: format)
    var rows: [Value] = []
    while rows.count < 3, let batch = try stream.next() { rows += batch }
    #expect(rows.count == 3)
    #expect(pieces <= 4)
  }

  @Test func `what a source throws ends the rows`() {
    struct Broken: Error {}
    let stream = Formats.rows(from: { _ in throw Broken() }, as: .jsonl)
    #expect(throws: Broken.self) { try stream.next() }
  }
}
