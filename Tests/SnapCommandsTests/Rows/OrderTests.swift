import SnapLanguage
import Testing

@Suite struct OrderTests {
  /// Rows with few different keys, so that many are equal.
  private static func rows(_ kind: Int, using random: inout SplitMix64) -> [Value] {
    (0..<Int.random(in: 0..<60, using: &random)).map { place in
      let number = Int.random(in: -4...4, using: &random)
      let key: Value =
        switch kind {
        case 0: .int(number)
        case 1:
          .string("2026-08-0\(number + 4) 10:00:0" + String(repeating: "7", count: number + 4))
        case 2: .datetime(number * 1_000_000)
        case 3: .string(["é", "e\u{301}", "a", "z", "日", ""].randomElement(using: &random) ?? "")
        case 4: number < 0 ? .null : number < 2 ? .float(Double(number) / 2) : .int(number)
        default: number < -2 ? .null : number < 0 ? .string("\(number)") : .size(number)
        }
      return record(["key": key, "other": .int(place % 3), "place": .int(place)])
    }
  }

  private static func places(_ rows: [Value]) -> [String] {
    rows.map { "\($0.recordValue?["place"]?.intValue ?? -1)" }
  }

  @Test(arguments: 0..<60, [false, true])
  func `sorting is stable and agrees with insertion`(seed: UInt64, isDescending: Bool) async throws
  {
    var random = SplitMix64(state: seed)
    let rows = Self.rows(Int(seed % 6), using: &random)
    var expected: [Value] = []
    for row in rows {
      let key = row.recordValue?["key"] ?? .null
      let place = expected.firstIndex { other in
        let other = other.recordValue?["key"] ?? .null
        return isDescending ? Value.sortsBefore(other, key) : Value.sortsBefore(key, other)
      }
      expected.insert(row, at: place ?? expected.endIndex)
    }
    let command = "given | sort-by key \(isDescending ? "--desc" : "") | get place"
    #expect(try await Pipes.lines(command, given: Given(rows)) == Self.places(expected))
  }

  @Test(arguments: 0..<30)
  func `later columns order what is equal in the first`(seed: UInt64) async throws {
    var random = SplitMix64(state: seed)
    let rows = Self.rows(Int(seed % 6), using: &random)
    let both = try await Pipes.lines("given | sort-by key other | get place", given: Given(rows))
    let inTurn = try await Pipes.lines(
      "given | sort-by other | sort-by key | get place", given: Given(rows))
    #expect(both == inTurn)
  }

  @Test(arguments: 0..<30)
  func `groups and unique rows are those of a search`(seed: UInt64) async throws {
    var random = SplitMix64(state: seed)
    let rows = Self.rows(Int(seed % 6), using: &random)
    var groups: [(key: Value, rows: [Value])] = []
    for row in rows {
      let key = row.recordValue?["key"] ?? .null
      if let place = groups.firstIndex(where: { Value.areEqual($0.key, key) }) {
        groups[place].rows.append(row)
      } else {
        groups.append((key, [row]))
      }
    }
    let grouped = try await Pipes.lines(
      "given | group-by key | get rows | flatten | get place", given: Given(rows))
    #expect(grouped == Self.places(groups.flatMap(\.rows)))
    let unique = try await Pipes.lines("given | uniq key | get place", given: Given(rows))
    #expect(unique == Self.places(groups.compactMap(\.rows.first)))
  }

  @Test func `null stands first and with --desc last`() async throws {
    let rows = Given([record(["a": .int(1)]), record(["a": .null]), record(["a": .int(0)])])
    #expect(
      try await Pipes.lines("given | sort-by a | get a", given: rows) == ["null", "0", "1"])
    #expect(
      try await Pipes.lines("given | sort-by a --desc | get a", given: rows) == ["1", "0", "null"])
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
