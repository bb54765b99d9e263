import Retention
import SnapLanguage
import Testing

/// What holds for all policies and all snapshots; each number is another case.
struct PropertyTests {
  private static let cases = 0..<400
  private static let now = 1_800_000_000_000_000

  /// Snapshots and a policy that look random. Months and years within aren't among the policies of
  /// `isMonotone`: by the calendar a month before the 1st of April is earlier than one before the
  /// 31st of March.
  private struct Case {
    var random: SplitMix
    var entries: [Entry] = []
    let policy: Policy
    let atLeast: Int
    let zone: Zone

    init(_ number: Int, isMonotone: Bool = false) throws {
      random = SplitMix(seed: UInt64(number))
      zone =
        isMonotone
        ? .utc
        : try Zones.named(
          ["UTC", "Europe/Berlin", "America/New_York"]
            .randomElement(using: &random) ?? "UTC")
      let reach = [3, 40, 500, 3000].randomElement(using: &random) ?? 40
      for id in 1...Int.random(in: 1...40, using: &random) {
        let hours = Int.random(in: -2...reach * 24, using: &random)
        let exemption =
          Int.random(in: 0..<8, using: &random) == 0
          ? Exemption.allCases.randomElement(using: &random) : nil
        entries.append(
          Entry(
            id: id, created: PropertyTests.now - hours * 3_600_000_000, exemption: exemption))
      }
      atLeast = Int.random(in: 0...4, using: &random)
      var texts = ["keep-at-least": "\(atLeast)"]
      let rules = Policy.keys.filter { $0 != "keep-at-least" }
      for key in rules where Int.random(in: 0..<3, using: &random) == 0 {
        let number = Int.random(in: 1...6, using: &random)
        if key.hasPrefix("keep-within") {
          let unit = isMonotone ? ["h", "d"] : ["h", "d", "m", "y"]
          texts[key] = "\(number)\(unit.randomElement(using: &random) ?? "d")"
        } else {
          texts[key] = Int.random(in: 0..<6, using: &random) == 0 ? "unlimited" : "\(number)"
        }
      }
      if texts.count == 1 { texts["keep-last"] = "2" }
      policy = try Policy(texts)
    }

    func kept(of entries: [Entry]) -> Set<Int> {
      let verdicts = policy.judge(entries, in: zone, now: PropertyTests.now)
      return Set(verdicts.filter { $0.action == .keep }.map(\.entry.id))
    }
  }

  @Test("Every row is judged once, whatever the order", arguments: cases)
  func orderFree(_ number: Int) throws {
    var it = try Case(number)
    let verdicts = it.policy.judge(it.entries, in: it.zone, now: Self.now)
    #expect(verdicts.map(\.entry.id).sorted() == it.entries.map(\.id))
    #expect(verdicts.allSatisfy { !$0.reasons.isEmpty })
    it.entries.shuffle(using: &it.random)
    #expect(it.policy.judge(it.entries, in: it.zone, now: Self.now) == verdicts)
  }

  @Test("Once more deletes no more", arguments: cases)
  func idempotent(_ number: Int) throws {
    let it = try Case(number)
    let kept = it.kept(of: it.entries)
    #expect(it.kept(of: it.entries.filter { kept.contains($0.id) }) == kept)
  }

  @Test("Without some rows, those that were kept still are", arguments: cases)
  func monotone(_ number: Int) throws {
    var it = try Case(number, isMonotone: true)
    let kept = it.kept(of: it.entries)
    for _ in 1...5 {
      let some = it.entries.filter { _ in Bool.random(using: &it.random) }
      #expect(it.kept(of: some).isSuperset(of: kept.intersection(some.map(\.id))))
    }
  }

  @Test("The floor is held, and the newest stays", arguments: cases)
  func newestStays(_ number: Int) throws {
    let it = try Case(number)
    let counting = it.entries.filter { $0.exemption == nil && ($0.created ?? 0) <= Self.now }
      .sorted { ($0.created ?? 0, $0.id) > ($1.created ?? 0, $1.id) }
    let kept = it.kept(of: it.entries)
    let newest = counting.prefix(max(1, it.atLeast)).map(\.id)
    #expect(kept.isSuperset(of: newest))
    #expect(counting.count { kept.contains($0.id) } >= min(counting.count, it.atLeast))
  }

  @Test("What no rule looks at is never deleted", arguments: cases)
  func exempt(_ number: Int) throws {
    let it = try Case(number)
    let exempt = it.entries.filter { $0.exemption != nil || ($0.created ?? 0) > Self.now }
    #expect(it.kept(of: it.entries).isSuperset(of: exempt.map(\.id)))
    let rest = it.entries.filter { !exempt.contains($0) }
    #expect(it.kept(of: it.entries).subtracting(exempt.map(\.id)) == it.kept(of: rest))
  }
}
