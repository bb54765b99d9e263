/// What to keep: the rules of restic's `forget`, 0.16 and later, each for the snapshots of one slice.
package struct Policy: Sendable, Equatable {
  /// How many periods a rule keeps one snapshot of.
  package enum Allowance: Sendable, Hashable {
    case count(Int)
    case unlimited
  }

  /// By what they count; a rule that isn't there keeps nothing.
  private(set) var counts: [Period: Allowance] = [:]
  /// All that is not older than this, counted back from the newest.
  private(set) var within: CalendarSpan?
  /// One for each period that is not older than this.
  private(set) var periodsWithin: [Period: CalendarSpan] = [:]
  /// So many of the newest stay in any case.
  private(set) var atLeast = 1

  /// The names of all rules, as flags are called: `keep-last`, `keep-within-daily`, `keep-at-least`.
  package static let keys =
    Period.allCases.map { "keep-\($0)" } + ["keep-within"]
    + Period.allCases.dropFirst().map { "keep-within-\($0)" } + [floorKey]

  package static let floorKey = "keep-at-least"
  package static let unlimited = "unlimited"

  /// A policy from the texts of its rules, by their keys.
  ///
  /// - Throws: `PolicyError`; a policy without a rule, or of which no rule keeps anything, is one.
  package init(_ texts: [String: String]) throws(PolicyError) {
    for (key, text) in texts.sorted(by: { $0.key < $1.key }) { try set(key, text) }
    guard texts.keys.contains(where: { $0 != Self.floorKey }) else { throw .empty }
    let counts = counts.values.contains { $0 != .count(0) }
    let spans = (within.map { [$0] } ?? []) + periodsWithin.values
    guard counts || spans.contains(where: { !$0.isZero }) else { throw .keepsNothing }
  }

  private mutating func set(_ key: String, _ text: String) throws(PolicyError) {
    let period = key.split(separator: "-").last.flatMap { Period(rawValue: String($0)) }
    switch (key, period) {
    case (Self.floorKey, _): atLeast = try Self.count(text, key)
    case ("keep-within", _): within = try Self.span(text, key)
    case (_, let period?) where key == "keep-within-\(period)" && period != .last:
      periodsWithin[period] = try Self.span(text, key)
    case (_, let period?) where key == "keep-\(period)":
      counts[period] = text == Self.unlimited ? .unlimited : .count(try Self.count(text, key))
    default: throw .unknownKey(key)
    }
  }

  private static func count(_ text: String, _ key: String) throws(PolicyError) -> Int {
    guard let count = Int(text), count >= 0 else { throw .count(key: key, text: text) }
    return count
  }

  private static func span(_ text: String, _ key: String) throws(PolicyError) -> CalendarSpan {
    do throws(PolicyError.Span) { return try CalendarSpan(text) } catch {
      throw .span(key: key, text: text, error)
    }
  }
}
