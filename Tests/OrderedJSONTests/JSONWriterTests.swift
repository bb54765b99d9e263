import OrderedJSON
import Testing

@Suite struct JSONWriterTests {
  @Test func `a value is written on one line in its order`() {
    let value: JSON = ["z": [1, .double(1), .double(0.1), true, nil], "a": [:], "m": []]
    #expect(value.text() == #"{"z":[1,1.0,0.1,true,null],"a":{},"m":[]}"#)
  }

  @Test func `an indented value has two blanks a level`() {
    let value: JSON = ["id": 1, "tags": ["a", ["b": nil]], "none": [], "empty": [:]]
    #expect(
      value.text(indented: true) == """
        {
          "id": 1,
          "tags": [
            "a",
            {
              "b": null
            }
          ],
          "none": [],
          "empty": {}
        }
        """)
  }

  @Test(arguments: [
    ("\u{0}\u{1b}\u{7f}\u{9b}", #""\u0000\u001b\u007f\u009b""#), ("\"\\/\n\r\t", #""\"\\/\n\r\t""#),
    ("é 日本 😀", #""é 日本 😀""#), ("plain", #""plain""#),
  ])
  func `a string's control characters are escaped`(string: String, text: String) {
    #expect(JSON.string(string).text() == text)
  }

  @Test func `a number that JSON cannot write is null`() {
    #expect(JSON.array([.double(.nan), .double(.infinity)]).text() == "[null,null]")
  }

  @Test(arguments: [("\u{202e}" as Unicode.Scalar, #"\u202e"#), ("😀", #"\ud83d\ude00"#)])
  func `any character can be escaped`(scalar: Unicode.Scalar, text: String) {
    #expect(JSON.escape(scalar) == text)
  }

  @Test(arguments: 0..<200) func `what is written reads back`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let value = JSON.random(using: &random, depth: 4)
    #expect(try JSON(parsing: value.text()) == value)
    #expect(try JSON(parsing: value.text(indented: true)) == value)
  }

  @Test(arguments: 0..<200) func `a damaged text never crashes the reader`(seed: UInt64) {
    var random = SplitMix64(state: seed)
    var bytes = Array(JSON.random(using: &random, depth: 4).text().utf8)
    for _ in 0..<4 {
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    do throws(JSONError) {
      let value = try JSON(parsing: bytes)
      #expect((try? JSON(parsing: value.text())) != nil)
    } catch {
      #expect((0...bytes.count).contains(error.offset))
    }
  }
}

@Suite struct JSONObjectTests {
  @Test func `a member is read, set, added and removed by its name`() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["a"] = 3
    object["c"] = nil
    object["d"] = 4
    object["b"] = nil
    #expect(JSON.object(object) == ["a": 3, "d": 4])
    #expect(object["b"] == nil)
    #expect(object["d"] == 4)
  }

  @Test func `an explicit null is a member`() {
    var object: JSONObject = ["a": 1]
    object["a"] = .some(.null)
    #expect(object["a"] == .some(.null))
  }
}
