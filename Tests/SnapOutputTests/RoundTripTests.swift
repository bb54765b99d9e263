import SnapLanguage
import SnapOutput
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: [DataFormat.json, .jsonl, .yaml], 0..<100)
  func `rows read back as they were written`(format: DataFormat, seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let rows = Value.list(
      (0..<Int.random(in: 1..<6, using: &random)).map { _ in Value.random(using: &random, depth: 3)
      })
    let text = try Formats.encode(rows, as: format)
    let back = try Formats.decode(text, as: format).typed
    #expect(back == rows.typed, "\(text.debugDescription)\n\(back)\n\(rows.typed)")
  }

  @Test(arguments: 0..<200) func `flat rows read back from CSV`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let names = (0..<Int.random(in: 2..<6, using: &random)).map {
      "\($0)" + hardText(using: &random)
    }
    let rows = Value.list(
      (0..<Int.random(in: 1..<6, using: &random)).map { _ in
        .record(Record(names.map { ($0, .random(using: &random, depth: 0)) }))
      })
    let text = try Formats.encode(rows, as: .csv)
    #expect(try Formats.decode(text, as: .csv).typed == rows.typed, "\(text)")
  }

  @Test(arguments: DataFormat.allCases, 0..<100)
  func `a damaged text ends in a value or an error`(format: DataFormat, seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    var bytes = Array(
      try Formats.encode(.list([Value.random(using: &random, depth: 3)]), as: format).utf8)
    for _ in 0..<3 {
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] = UInt8.random(in: 0..<128, using: &random)
    }
    do throws(DecodeError) { _ = try Formats.decode(bytes, as: format) } catch {
      #expect(error.line >= 1 && error.column >= 1)
    }
  }
}

/// Sebastiano Vigna's generator: the same numbers for the same seed.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Value {
  /// A value that all data formats can say.
  fileprivate static func random(using random: inout SplitMix64, depth: Int) -> Value {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .int(Int.random(in: .min ... .max, using: &random))
    case 3: .float(Double.random(in: -1e20...1e20, using: &random))
    case 4, 5: .string(hardText(using: &random))
    case 6:
      .list(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          .random(using: &random, depth: depth - 1)
        })
    default:
      .record(
        Record(
          (0..<Int.random(in: 0..<5, using: &random)).map { _ in
            (hardText(using: &random), .random(using: &random, depth: depth - 1))
          }))
    }
  }
}

/// Text that likes what formats find hard.
private func hardText(using random: inout SplitMix64) -> String {
  let hard = [
    "\"", "'", ",", "\n", "\r", "\r\n", "\t", " ", "  ", "#", ": ", "- ", "-", "1", "0", ".", "e",
    "true",
    "null", "~", "<<", "[", "]", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "\\", "\u{1b}",
    "\u{85}",
    "\u{2028}", "\u{301}", "é", "日", "👩‍👧", "a\u{FEFF}", "\u{7F}", "\u{E000}", "a", "---", "...",
    "2025-01-01",
  ]
  return (0..<Int.random(in: 0..<6, using: &random)).map { _ in
    hard.randomElement(using: &random) ?? ""
  }.joined()
}
