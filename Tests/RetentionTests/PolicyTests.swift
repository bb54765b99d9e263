import SnapLanguage
import Testing

@testable import Retention

/// What a policy may say.
struct PolicyTests {
  @Test(
    "A text that is no rule is refused, and says why",
    arguments: [
      ([:], "no rule says what to keep, so nothing is deleted"),
      (["keep-at-least": "3"], "no rule says what to keep, so nothing is deleted"),
      (["keep-last": "0"], "the rules would keep nothing, so nothing is deleted"),
      (
        ["keep-last": "0", "keep-daily": "0", "keep-within": "0d"],
        "the rules would keep nothing, so nothing is deleted"
      ),
      (["keep-daily": "-1"], "'--keep-daily' must be a number from 0 or 'unlimited', not '-1'"),
      (["keep-last": "many"], "'--keep-last' must be a number from 0 or 'unlimited', not 'many'"),
      (
        ["keep-last": "1", "keep-at-least": "-1"],
        "'--keep-at-least' must be a number from 0, not '-1'"
      ),
      (["keep-within": "-1d"], "'--keep-within' can't be negative: '-1d'"),
      (["keep-within": "7"], "'--keep-within' must be a time such as 30d or 1y6m, not '7'"),
      (["keep-within": ""], "'--keep-within' must be a time such as 30d or 1y6m, not ''"),
      (["keep-within": "d"], "'--keep-within' must be a time such as 30d or 1y6m, not 'd'"),
      (["keep-within": "2w"], "unknown unit 'w' in '--keep-within 2w'"),
      (["keep-within": "5min"], "unknown unit 'min' in '--keep-within 5min'"),
      (["keep-within": "1d2d"], "the unit 'd' comes twice in '--keep-within 1d2d'"),
      (["keep-within-daily": "100000y"], "'--keep-within-daily 100000y' is too long a time"),
      (["keep-within-last": "1d"], "there is no rule 'keep-within-last'"),
      (["keep-weekely": "1"], "there is no rule 'keep-weekely'"),
    ] as [([String: String], String)])
  func refused(_ texts: [String: String], _ message: String) {
    let error = #expect(throws: PolicyError.self) { try Policy(texts) }
    #expect(error?.message == message)
  }

  @Test("All the rules that there are can be said", arguments: Policy.keys)
  func everyKey(_ key: String) throws {
    let value = key.hasPrefix("keep-within") ? "1y2m3d4h" : "3"
    #expect(throws: Never.self) { try Policy(["keep-last": "1"].merging([key: value]) { $1 }) }
  }

  @Test("Units come in any order, and are written from the largest to the smallest")
  func units() throws {
    #expect(try CalendarSpan("2h1y").description == "1y2h")
    #expect(try CalendarSpan("0y30d").description == "30d")
  }

  @Test(
    "A span counts back by the calendar",
    arguments: [
      ("1m", "2024-03-31T12:00:00Z", "2024-03-02T12:00:00Z"),
      ("1m", "2025-03-31T12:00:00Z", "2025-03-03T12:00:00Z"),
      ("1y", "2024-02-29T12:00:00Z", "2023-03-01T12:00:00Z"),
      ("14m", "2024-01-15T00:00:00Z", "2022-11-15T00:00:00Z"),
      ("12m", "2024-01-15T00:00:00Z", "2023-01-15T00:00:00Z"),
      ("1y1m1d1h", "2024-03-01T00:30:00.000001Z", "2023-01-30T23:30:00.000001Z"),
    ])
  func span(_ text: String, _ from: String, _ expected: String) throws {
    let time = try #require(Timestamp.parse(from))
    #expect(Timestamp.text(try CalendarSpan(text).before(time, in: .utc)) == expected)
  }
}
