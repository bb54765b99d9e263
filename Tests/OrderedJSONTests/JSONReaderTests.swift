import OrderedJSON
import Testing

@Suite struct JSONReaderTests {
  @Test(
    arguments: [
      ("null", JSON.null), (" true\n", true), ("false", false), ("0", 0), ("-0", 0), ("42", 42),
      ("-7", -7), ("1.0", .double(1)), ("1e3", .double(1000)), ("-2.5E-1", .double(-0.25)),
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("[]", []), ("{}", [:]),
      (" [ 1 , \"a\" ] ", [1, "a"]), ("{\"b\":1,\"a\":[null]}", ["b": 1, "a": [nil]]),
    ] as [(String, JSON)])
  func `a text is read as the value that it writes`(text: String, value: JSON) throws {
    #expect(try JSON(parsing: text) == value)
  }

  @Test(arguments: [
    (#""""#, ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u20AC""#, "é€"),
    (#""\ud83d\ude00!""#, "😀!"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\u0000""#, "\0"),
    (#""日本 👩‍👧""#, "日本 👩‍👧"),
  ])
  func `a string's escapes are read`(text: String, value: String) throws {
    #expect(try JSON(parsing: text).stringValue.map { Array($0.utf8) } == Array(value.utf8))
  }

  @Test(arguments: [
    ("", 0, JSONError.Problem.unexpectedEnd), ("  ", 2, .unexpectedEnd), ("[1,", 3, .unexpectedEnd),
    ("{\"a\"", 4, .unexpectedEnd), ("\"abc", 4, .unexpectedEnd), ("\"\\u12", 3, .unexpectedEnd),
    ("nul", 3, .unexpectedEnd), ("nulL", 3, .unexpectedByte(0x4C)), ("-", 0, .unexpectedByte(0x2D)),
    ("[1,]", 3, .unexpectedByte(0x5D)), ("{,}", 1, .unexpectedByte(0x2C)),
    ("{\"a\":1,}", 7, .unexpectedByte(0x7D)), ("{a:1}", 1, .unexpectedByte(0x61)),
    ("[1 2]", 3, .unexpectedByte(0x32)), ("'a'", 0, .unexpectedByte(0x27)),
    ("\"a\nb\"", 2, .unexpectedByte(0x0A)), ("1 2", 2, .trailingText), ("01", 2, .badNumber),
    ("1.", 2, .badNumber), ("1e", 2, .badNumber), ("1e999", 5, .badNumber),
    ("+1", 0, .unexpectedByte(0x2B)),
    ("NaN", 0, .unexpectedByte(0x4E)), (#""\x""#, 3, .badEscape), (#""\u00g0""#, 5, .badEscape),
    ("\u{FEFF}1", 0, .unexpectedByte(0xEF)),
  ])
  func `a text that is no JSON is refused with the place`(
    text: String, offset: Int, problem: JSONError.Problem
  ) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.problem == problem)
    #expect(error?.offset == offset)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xE2, 0x82, 0x22],
    ] as [[UInt8]])
  func `a string that is no UTF-8 is refused`(bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
    #expect(error?.problem == .badUTF8)
  }

  @Test(arguments: ["[", "{\"a\":", "[[],["]) func `deep nesting ends in an error`(open: String) {
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: String(repeating: open, count: 200_000))
    }
    #expect(error?.problem == .tooDeep)
  }

  @Test func `nesting of 500 levels is read`() throws {
    let text = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(try JSON(parsing: text).text() == text)
  }

  @Test(arguments: [2, 40]) func `a name written twice keeps its first place and last value`(
    others: Int
  ) throws {
    let middle = (0..<others).map { "\"n\($0)\":\($0)," }.joined()
    let object = try #require(try JSON(parsing: "{\"a\":1,\(middle)\"a\":2}").objectValue)
    #expect(object.members.count == others + 1)
    #expect(object.members.first == JSONObject.Member("a", 2))
    #expect(object.members.last?.name == "n\(others - 1)")
  }

  @Test func `an object of two hundred thousand names is read`() throws {
    let text = "{" + (0..<200_000).map { "\"name \($0)\":\($0)" }.joined(separator: ",") + "}"
    #expect(try JSON(parsing: text).objectValue?.members.count == 200_000)
  }

  @Test func `no cut of a document crashes the reader or is taken for the whole`() throws {
    let text = #"{"a":[1,-2.5e3,"\u00e9\ud83d\ude00\n",true,null,{"b":{}}],"ü":"日本"}"#
    let bytes = Array(text.utf8)
    for end in bytes.indices {
      #expect(throws: JSONError.self) { try JSON(parsing: bytes[..<end]) }
    }
  }
}
