import OrderedJSON

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

extension JSON {
  static func random(using random: inout SplitMix64, depth: Int) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .int(Int.random(in: .min ... .max, using: &random))
    case 3: .int(Int.random(in: -9...9, using: &random))
    case 4: .double(Double(bitPattern: random.next()).finite)
    case 5: .string(text(using: &random))
    case 6:
      .array(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
          .random(using: &random, depth: depth - 1)
        })
    default:
      .object(
        JSONObject(
          (0..<Int.random(in: 0..<20, using: &random)).map { _ in
            JSONObject.Member(text(using: &random), .random(using: &random, depth: depth - 1))
          }))
    }
  }

  private static func text(using random: inout SplitMix64) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<8, using: &random) {
      let highest: UInt32 = [0x7F, 0xFF, 0xFFFF, 0x10FFFF].randomElement(using: &random) ?? 0x7F
      text.append(Unicode.Scalar(UInt32.random(in: 0...highest, using: &random)) ?? "\"")
    }
    return String(text)
  }
}

extension Double {
  fileprivate var finite: Double { isFinite ? self : 0 }
}
