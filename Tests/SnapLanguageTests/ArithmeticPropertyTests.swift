import SnapLanguage
import Testing

/// The arithmetic of the language against a second one in 128 bits, which can't overflow.
struct ArithmeticPropertyTests {
  private static let edges: [Int] =
    [
      0, 1, 2, 3, 7, 10, 1 << 31, 1 << 32, 3_037_000_499, 3_037_000_500, Int.max / 2, Int.max - 1,
      Int.max,
    ].flatMap { [$0, -$0] } + [Int.min, Int.min + 1]

  /// Every pair of edges, then pairs of all magnitudes.
  private static func pairs(_ random: inout SplitMix) -> [(Int, Int)] {
    var pairs = edges.flatMap { a in edges.map { (a, $0) } }
    for _ in 0..<3_000 {
      let (a, b) = (Int(bitPattern: UInt(random.next())), Int(bitPattern: UInt(random.next())))
      pairs.append(
        (a >> Int.random(in: 0..<64, using: &random), b >> Int.random(in: 0..<64, using: &random)))
    }
    return pairs
  }

  /// What `operation` gives in whole numbers; nil for a division by zero.
  private static func reference(_ operation: String, _ a: Int, _ b: Int) -> Int128? {
    let (a, b) = (Int128(a), Int128(b))
    let quotient = b == 0 ? 0 : (a % b != 0 && (a < 0) != (b < 0)) ? a / b - 1 : a / b
    switch operation {
    case "+": return a + b
    case "-": return a - b
    case "*": return a * b
    case "//": return b == 0 ? nil : quotient
    default: return b == 0 ? nil : a - quotient * b
    }
  }

  private static func expected(_ result: Int128?) -> String {
    guard let result else { return "division by zero" }
    guard let result = Int(exactly: result) else { return "the result is too large for 64 bits" }
    return "\(result)"
  }

  /// What `body`, which sees the pairs as `$p.0` and `$p.1`, shows for each, or its failure.
  private static func shown(_ body: String, _ values: [(String, String)]) async -> [String] {
    let list = values.map { "[\($0.0), \($0.1)]" }.joined(separator: ", ")
    let ran = await run(
      "for p in [\(list)] { try { print (\(body)) } catch e { print $e.message } }")
    #expect(ran.errors == [])
    #expect(ran.failure?.line == nil)
    return ran.shown
  }

  /// `value` in the language; the least int has no literal of its own.
  private static func literal(_ value: Int, unit: String = "") -> String {
    value == .min ? "-\(Int.max)\(unit) - 1\(unit)" : "\(value)\(unit)"
  }

  @Test(arguments: ["+", "-", "*", "//", "%"])
  func `ints overflow exactly when the result needs more than 64 bits, and divide downward`(
    _ operation: String
  ) async {
    var random = SplitMix(seed: 11)
    let pairs = Self.pairs(&random)
    let shown = await Self.shown(
      "$p.0 \(operation) $p.1", pairs.map { (Self.literal($0.0), Self.literal($0.1)) })
    #expect(shown.count == pairs.count)
    for (pair, shown) in zip(pairs, shown) {
      #expect(
        shown == Self.expected(Self.reference(operation, pair.0, pair.1)),
        "\(pair.0) \(operation) \(pair.1)")
    }
  }

  @Test func `what the check computes is what the run computes`() async {
    var random = SplitMix(seed: 12)
    for (a, b) in Self.pairs(&random).suffix(300) {
      for operation in ["+", "-", "*", "//", "%"] {
        let ran = await run("print ((\(Self.literal(a))) \(operation) (\(Self.literal(b))))")
        let expected = Self.expected(Self.reference(operation, a, b))
        let got = ran.shown.first ?? ran.errors.first ?? ""
        #expect(got == expected || got.hasSuffix(": " + expected), "\(a) \(operation) \(b)")
      }
    }
  }

  @Test func `unary minus overflows for the least int alone`() async {
    let values = Self.edges
    let shown = await Self.shown("-$p.0", values.map { (Self.literal($0), "0") })
    #expect(shown == values.map { Self.expected(-Int128($0)) })
  }

  @Test(arguments: ["<", "<=", ">", ">=", "==", "!="])
  func `ints are compared as numbers`(_ operation: String) async {
    let pairs = Self.edges.flatMap { a in Self.edges.map { (a, $0) } }
    let shown = await Self.shown(
      "$p.0 \(operation) $p.1", pairs.map { (Self.literal($0.0), Self.literal($0.1)) })
    let compare: (Int, Int) -> Bool =
      switch operation {
      case "<": (<)
      case "<=": (<=)
      case ">": (>)
      case ">=": (>=)
      case "==": (==)
      default: (!=)
      }
    #expect(shown == pairs.map { "\(compare($0.0, $0.1))" })
  }

  /// Sums in bytes or milliseconds, so that the texts of the results can be read back exactly.
  @Test(arguments: ["B", "ms"], ["+", "-"])
  func `sizes and durations are added like ints`(_ unit: String, _ operation: String) async {
    var random = SplitMix(seed: 13)
    let scale = unit == "ms" ? 1000 : 1
    let pairs = Self.pairs(&random).map { ($0.0 / scale, $0.1 / scale) }
    let values = pairs.map { (Self.literal($0.0, unit: unit), Self.literal($0.1, unit: unit)) }
    let shown = await Self.shown("($p.0 \(operation) $p.1) == $p.0 \(operation) $p.1", values)
    let isTooLarge = "the result is too large for 64 bits"
    for (pair, shown) in zip(pairs, shown) {
      let sum = (Self.reference(operation, pair.0, pair.1) ?? 0) * Int128(scale)
      #expect((shown == isTooLarge) == (Int(exactly: sum) == nil), "\(pair) \(operation) \(unit)")
    }
    // A difference of one unit shows in the comparison, so sums are right to the unit.
    let small = pairs.map { ($0.0 / 4, $0.1 / 4) }
    let exact = await run(
      small.map { pair in
        let sum = Self.reference(operation, pair.0, pair.1).flatMap { Int(exactly: $0) } ?? 0
        return
          "print ((\(Self.literal(pair.0, unit: unit))) \(operation) (\(Self.literal(pair.1, unit: unit))) == (\(Self.literal(sum, unit: unit))))"
      }.joined(separator: "\n"))
    #expect(exact.errors == [])
    #expect(exact.shown.allSatisfy { $0 == "true" } && exact.shown.count == small.count)
  }

  @Test(arguments: ["B", "ms"], ["*", "//"])
  func `sizes and durations are multiplied and divided by ints like ints`(
    _ unit: String, _ operation: String
  ) async {
    var random = SplitMix(seed: 14)
    let scale = unit == "ms" ? 1000 : 1
    let pairs = Self.pairs(&random).filter { $0.1 != 0 }.map { ($0.0 / scale, $0.1) }
    for pair in pairs.shuffled(using: &random).prefix(400) {
      // Microseconds are what a duration is divided in.
      let result = Self.reference(operation, pair.0 * scale, pair.1).flatMap { Int(exactly: $0) }
      let product = "(\(Self.literal(pair.0, unit: unit))) \(operation) (\(Self.literal(pair.1)))"
      let ran = await run("print (\(product))")
      guard let result else {
        #expect(
          ran.errors.first?.hasSuffix("the result is too large for 64 bits") == true, "\(product)")
        continue
      }
      let text = unit == "ms" ? Units.durationText(result) : Units.sizeText(result)
      #expect(ran.shown == [text], "\(product)")
    }
  }

  @Test func `datetimes and durations are added like ints`() async {
    var random = SplitMix(seed: 15)
    for _ in 0..<500 {
      let start = Int(random.next() % 200_000_000_000_000_000)
      let span = Int(random.next() % 100_000_000_000_000) * 1000 * (random.next() % 2 == 0 ? 1 : -1)
      let (first, second) = (Timestamp.text(start), Timestamp.text(start + span))
      guard first.count <= 27, second.count <= 27, !second.hasPrefix("-") else { continue }
      let ran = await run(
        """
        print (\(first) + (\(span / 1000)ms) == \(second)) (\(second) - \(first) == (\(span / 1000)ms))
        print (\(second) - (\(span / 1000)ms) == \(first)) (\(first) < \(second))
        """)
      #expect(ran.errors == [])
      #expect(ran.shown == ["true true", "true \(span > 0)"], "\(first) \(second)")
    }
  }
}
