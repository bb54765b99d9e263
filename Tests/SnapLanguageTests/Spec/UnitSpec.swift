import Testing

/// Units, dates and zones.
struct UnitSpec {
  static let quantities: [SpecCase] = [
    .shows(
      "durations are written in ms s min h d w",
      "print 1ms 1s 1min 1h 1d 1w; print (1s / 1ms) (1min / 1s) (1h / 1min) (1d / 1h) (1w / 1d)",
      "1ms 1s 1min 1h 1d 1w", "1000.0 60.0 60.0 24.0 7.0"),
    .shows(
      "sizes are written in powers of 1000", "print (1kB / 1B) (1MB / 1kB) (1GB / 1MB) (1TB / 1GB)",
      "1000.0 1000.0 1000.0 1000.0"),
    .shows(
      "sizes are written in powers of 1024",
      "print (1KiB / 1B) (1MiB / 1KiB) (1GiB / 1MiB) (1TiB / 1GiB)",
      "1024.0 1024.0 1024.0 1024.0"),
    .shows("a quantity may have a fraction", "print (1.5h == 90min) (0.5GB == 500MB)", "true true"),
    .shows("a quantity may be negative", "print (-5s < 0s) (-1GB < 0B)", "true true"),
    .shows("no blank stands before a unit", "print (1h + 30min)", "90min"),
    .isRejected(
      "units have one spelling", "print (1KB)",
      "1:8-11: '1KB' is no number, size, duration or date (did you mean 'kB' or 'GB' or 'KiB'?)"),
    .isRejected(
      "other units are none", "print (1hour)",
      "1:8-13: '1hour' is no number, size, duration or date (units: ms s min h d w B kB MB GB TB KiB MiB GiB TiB; text stands in quotes)"
    ),
    .isRejected(
      "an exponent takes no unit", "print (1e3GB)",
      "1:8-13: '1e3GB' is no number, size, duration or date (units: ms s min h d w B kB MB GB TB KiB MiB GiB TiB; text stands in quotes)"
    ),
  ]

  @Test(arguments: quantities)
  func `a size and a duration have units`(_ spec: SpecCase) async { await spec.check() }

  static let dates: [SpecCase] = [
    .shows("a date is its midnight", "print (2026-08-01 == 2026-08-01T00:00:00Z)", "true"),
    .shows(
      "a date without a zone is UTC", "print (2026-08-01T10:20 == 2026-08-01T10:20:00Z)", "true"),
    .shows(
      "a zone counts", "print (2026-08-01T10:20+02:00) (2026-08-01T10:20-05:30)",
      "2026-08-01T08:20:00Z 2026-08-01T15:50:00Z"),
    .shows("a zone may change the day", "print (2026-01-01T00:30+01:00)", "2025-12-31T23:30:00Z"),
    .shows(
      "seconds may have a fraction", "print (2026-08-01T10:20:30.25)", "2026-08-01T10:20:30.250000Z"
    ),
    .shows("a leap year has its day", "print (2024-02-29 + 1d)", "2024-03-01T00:00:00Z"),
    .shows(
      "the API's dates are UTC",
      "ls | where id == 11 and created == 2025-02-04T10:19:36.925397Z | count", "1"),
    .isRejected(
      "a day that no month has is no date", "print (2026-02-30)",
      "1:8-18: '2026-02-30' is no date (such as 2026-08-01 or 2026-08-01T10:20:00Z)"),
    .isRejected(
      "there is no month 13", "print (2026-13-01)",
      "1:8-18: '2026-13-01' is no date (such as 2026-08-01 or 2026-08-01T10:20:00Z)"),
    .isRejected(
      "there is no hour 25", "print (2026-01-01T25:00)",
      "1:8-24: '2026-01-01T25:00' is no date (such as 2026-08-01 or 2026-08-01T10:20:00Z)"),
    .isRejected(
      "a blank ends a date", "print (2026-01-01 10:20)",
      "1:19-20: expected ')' after the expression, found '1'"),
  ]

  @Test(arguments: dates)
  func `a date is written so`(_ spec: SpecCase) async { await spec.check() }
}
