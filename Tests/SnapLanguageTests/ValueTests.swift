import SnapLanguage
import Testing

struct ValueTests {
  @Test(arguments: [
    (999_990_000_000, "1TB"), (999_500_000_000, "1TB"), (999_400_000_001, "999GB"),
    (1_234_567_890, "1.23GB"), (0, "0B"), (-1500, "-1.5kB"), (Int.min, "-8388608TiB"),
    (Int.max, "9223372TB"), (999_999, "1MB"), (1_048_576, "1MiB"),
  ])
  func `a size is shown in three digits of a unit that fits`(_ bytes: Int, _ text: String) {
    #expect(Units.sizeText(bytes) == text)
  }

  @Test(arguments: [
    (59_999_000, "1min"), (1, "0.001ms"), (-90_000_000, "-90s"), (86_400_000_000 * 7, "1w"),
    (3_599_999_999, "1h"), (Int.min, "-15250284w"),
  ])
  func `a duration is shown in three digits of a unit that fits`(_ time: Int, _ text: String) {
    #expect(Units.durationText(time) == text)
  }

  @Test(arguments: ["5", "GB", "1.GB", "--5GB", "5 GB", "1e3GB", "99999999999999TB", "١GB", ""])
  func `what is no quantity is not read as one`(_ text: String) {
    #expect(Units.size(text) == nil)
  }

  @Test(arguments: [
    (Int.min, "-290308-12-21T19:59:05.224192Z"), (Int.max, "294247-01-10T04:00:54.775807Z"),
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00Z"),
  ])
  func `every time has a text`(_ time: Int, _ text: String) {
    #expect(Timestamp.text(time) == text)
  }

  @Test(arguments: [
    "2026-02-29", "2026-00-01", "2026-01-00", "2026-1-1", "2026-01-01T24:00", "2026-01-01T10:60",
    "2026-01-01T10", "2026-01-01T10:20:30.", "2026-01-01T10:20Zx", "2026-01-01T10:20+2", "x",
  ])
  func `what is no date is not read as one`(_ text: String) {
    #expect(Timestamp.parse(text) == nil)
  }

  @Test func `dates read back as they are written`() {
    var random = SplitMix(seed: 7)
    for _ in 0..<2_000 {
      let time = Int(random.next() % 250_000_000_000_000_000) - 62_000_000_000_000_000
      #expect(Timestamp.parse(Timestamp.text(time)) == time)
    }
  }

  @Test func `fields are read by their form and kept as they came`() {
    guard case .record(let row) = Snapshots.all[0] else { return }
    #expect(row["snapshot_size"].map(describe) == "21GB")
    #expect(row.wireValues[5].intValue == 21)
    #expect(row["duration"].map(describe) == "43s")
  }
}

struct ValueSizeTests {
  @Test("A value takes seventeen bytes, and lies in them as the machine reads it") func size() {
    #expect(MemoryLayout<Value>.size == 17)
    #expect(ValueTag.isAsExpected)
  }
}
