import SnapLanguage
import Testing

@testable import Retention

struct ZoneTests {
  struct Moment: CustomTestStringConvertible {
    let zone: String, utc: String, local: String
    var testDescription: String { "\(zone) \(utc)" }

    init(_ zone: String, _ utc: String, _ local: String) {
      (self.zone, self.utc, self.local) = (zone, utc, local)
    }
  }

  /// As `TZ=ZONE date -d UTC` shows them.
  static let moments = [
    Moment("Europe/Berlin", "2024-03-31T00:59:59Z", "2024-03-31T01:59:59Z"),
    Moment("Europe/Berlin", "2024-03-31T01:00:00Z", "2024-03-31T03:00:00Z"),
    Moment("Europe/Berlin", "2024-10-27T00:59:59Z", "2024-10-27T02:59:59Z"),
    Moment("Europe/Berlin", "2024-10-27T01:00:00Z", "2024-10-27T02:00:00Z"),
    Moment("Europe/Berlin", "2080-07-01T12:00:00Z", "2080-07-01T14:00:00Z"),
    Moment("Europe/Berlin", "2080-12-31T23:30:00Z", "2081-01-01T00:30:00Z"),
    Moment("Europe/Berlin", "1970-01-01T00:00:00Z", "1970-01-01T01:00:00Z"),
    Moment("America/New_York", "2024-11-03T05:59:59Z", "2024-11-03T01:59:59Z"),
    Moment("America/New_York", "2024-11-03T06:00:00Z", "2024-11-03T01:00:00Z"),
    Moment("Australia/Lord_Howe", "2024-04-06T14:59:59Z", "2024-04-07T01:59:59Z"),
    Moment("Australia/Lord_Howe", "2024-04-06T15:00:00Z", "2024-04-07T01:30:00Z"),
    Moment("Australia/Lord_Howe", "2060-01-01T00:00:00Z", "2060-01-01T11:00:00Z"),
  ]

  @Test("A zone's clocks show what they show", arguments: moments)
  func clocks(_ moment: Moment) throws {
    let zone = try Zones.named(moment.zone)
    let time = try #require(Timestamp.parse(moment.utc))
    let local = time + zone.offset(at: Timestamp.seconds(time)) * Timestamp.microsecondsPerSecond
    #expect(Timestamp.text(local) == moment.local)
  }

  @Test("A file that leaves recent years to its rule says the same as one that lists them")
  func slim() throws {
    let fat = try Zones.named("Europe/Berlin")
    let slim = try #require(Zone(name: "slim", file: try Zones.bytes("Berlin-slim")))
    #expect(slim.transitions.count < fat.transitions.count)
    let day = 86_400
    for second in stride(from: -4_000_000_000, to: 4_000_000_000, by: day / 2 + 1) {
      #expect(slim.offset(at: second) == fat.offset(at: second), "\(second)")
    }
  }

  @Test(
    "A rule is read as POSIX writes it",
    arguments: [
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-07-01", -3600),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-12-01", -7200),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01", 39_600),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01", 36_000),
      ("IST-5:30", "2026-07-01", 19_800), ("EST5EDT,J60/2,J300/2", "2024-03-01", -18_000),
      ("EST5EDT,J60/2,J300/2", "2024-03-02", -14_400), ("EST5EDT,59,299", "2025-03-02", -14_400),
    ])
  func rule(_ text: String, _ day: String, _ offset: Int) throws {
    let rule = try #require(ZoneRule(text))
    let time = try #require(Timestamp.parse(day))
    #expect(rule.offset(at: Timestamp.seconds(time)) == offset)
  }

  @Test(
    "What is no rule is none",
    arguments: ["", "C", "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1 ", "<CET"])
  func noRule(_ text: String) { #expect(ZoneRule(text) == nil) }

  @Test("A file that is cut or changed anywhere is refused or read, and never ends the program")
  func damaged() throws {
    let bytes = try Zones.bytes("Berlin-slim")
    for count in bytes.indices {
      #expect(Zone(name: "cut", file: Array(bytes[..<count])) == nil)
    }
    var random = SplitMix(seed: 7)
    for at in bytes.indices {
      var changed = bytes
      changed[at] = UInt8.random(in: 0...255, using: &random)
      _ = Zone(name: "changed", file: changed)?.offset(at: 1_700_000_000)
    }
  }
}
