/// What a person may ask for with `--output`.
package enum OutputFormat: String, CaseIterable, Sendable {
  case table, wide, json, jsonl, csv, yaml, ids, prometheus
}

/// How results are to look, and where they go.
package struct OutputStyle: Sendable {
  package var format: OutputFormat
  package var isColored: Bool
  /// The terminal's columns; nil when nothing is to be fitted.
  package var width: Int?
  /// A terminal reads the text: what would steer it is shown instead of sent.
  package var isTerminal: Bool
  /// Microseconds since 1970, for ages.
  package var now: Int

  package init(
    format: OutputFormat, isColored: Bool = false, width: Int? = nil, isTerminal: Bool = false,
    now: Int
  ) {
    self.format = format
    self.isColored = isColored
    self.width = width
    self.isTerminal = isTerminal
    self.now = now
  }
}

/// Takes text in pieces; a piece need not end with its line.
package typealias TextSink = (String) throws -> Void
