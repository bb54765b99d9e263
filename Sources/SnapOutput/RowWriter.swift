import SnapLanguage

/// One format's way to write rows that come batch by batch.
protocol RowWriter {
  /// - Throws: `EncodeError`, or what `out` throws.
  mutating func write(_ rows: [Value], to out: TextSink) throws

  /// What follows the last row.
  mutating func finish(to out: TextSink) throws

  /// A value that is the whole result and no list.
  mutating func writeSole(_ value: Value, to out: TextSink) throws

  /// The fields that no column was left for.
  var hiddenColumns: [String] { get }
}

extension RowWriter {
  mutating func finish(to out: TextSink) throws {}

  mutating func writeSole(_ value: Value, to out: TextSink) throws {
    try write([value], to: out)
    try finish(to: out)
  }

  var hiddenColumns: [String] { [] }
}
