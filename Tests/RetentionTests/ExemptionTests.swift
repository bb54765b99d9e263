import Retention
import SnapLanguage
import Testing

/// What no rule looks at.
struct ExemptionTests {
  private static let day = Timestamp.microsecondsPerDay

  private func judge(_ entries: [Entry], _ policy: [String: String]) throws -> [Int: Verdict] {
    let verdicts = try Policy(policy).judge(entries, in: .utc, now: 100 * Self.day)
    return Dictionary(uniqueKeysWithValues: verdicts.map { ($0.entry.id, $0) })
  }

  @Test("A row that is no rule's stays and takes no other's place", arguments: Exemption.allCases)
  func neitherCountsNorGoes(_ exemption: Exemption) throws {
    let row =
      switch exemption {
      case .future: Entry(id: 9, created: 100 * Self.day + 1)
      case .undated: Entry(id: 9, created: nil)
      default: Entry(id: 9, created: 99 * Self.day, exemption: exemption)
      }
    let verdicts = try judge(
      [row, Entry(id: 1, created: 10 * Self.day), Entry(id: 2, created: 20 * Self.day)],
      ["keep-last": "1"])
    #expect(verdicts[9]?.action == .keep)
    #expect(verdicts[9]?.reasons.map(\.text) == [exemption.rawValue])
    #expect(verdicts[2]?.action == .keep)
    #expect(verdicts[1]?.action == .delete)
  }

  @Test("Of equal times the higher id is the newer")
  func ties() throws {
    let verdicts = try judge([1, 3, 2].map { Entry(id: $0, created: 7) }, ["keep-last": "1"])
    #expect(verdicts.filter { $0.value.action == .keep }.keys.sorted() == [3])
  }

  @Test("The newest stay, as many as the floor says, and a rule that keeps them is named first")
  func floor() throws {
    let entries = (1...4).map { Entry(id: $0, created: 50 * Self.day + $0) }
    let verdicts = try judge(entries, ["keep-daily": "1", "keep-at-least": "3"])
    #expect(verdicts[4]?.reasons.map(\.text) == ["daily snapshot"])
    #expect(verdicts[3]?.reasons.map(\.text) == ["of the 3 newest"])
    #expect(verdicts[2]?.action == .keep)
    #expect(verdicts[1]?.action == .delete)
  }

  @Test("A deletion says of each rule why it doesn't hold")
  func deletions() throws {
    let entries = [(1, 10), (2, 20), (3, 20), (4, 30)].map { id, day in
      Entry(id: id, created: day * Self.day + id)
    }
    let verdicts = try judge(
      entries,
      ["keep-last": "1", "keep-daily": "2", "keep-within": "5d", "keep-within-weekly": "12d"])
    #expect(
      verdicts[2]?.reasons.map(\.text) == [
        "not within 5d", "not the last", "not of the last 2 daily", "a newer one that week",
      ])
    #expect(verdicts[1]?.reasons.last?.text == "not within 12d")
  }

  @Test("A slice without snapshots has no verdicts")
  func none() throws { #expect(try judge([], ["keep-last": "1"]).isEmpty) }
}
