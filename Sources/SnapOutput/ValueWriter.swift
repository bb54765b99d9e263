package import SnapLanguage

/// Writes the result of a statement in the format that was asked for.
///
/// `jsonl`, `csv`, `yaml`, `ids` and the rows of `json` leave batch by batch, so that a long list
/// is never whole in memory.
package struct ValueWriter: Sendable {
  package var style: OutputStyle
  /// The fields that a table shows, in their order; nil: what `Columns` chooses.
  package var columns: [String]?
  /// Rows that a table waits for before it fixes its widths.
  package var measuredRows = 1000

  package init(style: OutputStyle, columns: [String]? = nil) {
    self.style = style
    self.columns = columns
  }

  /// What was written.
  package struct Written: Sendable, Equatable {
    package var rows = 0
    /// The fields that the terminal had no room for, in their order.
    package var hiddenColumns: [String] = []

    package init(rows: Int = 0) { self.rows = rows }
  }

  /// Writes `flow`; nothing, and in the formats without a word for it null, leave no text.
  ///
  /// - Throws: `EncodeError`, and what the rows or `out` throw.
  @discardableResult
  package func write(_ flow: Flow, to out: TextSink) throws -> Written {
    var writer = rowWriter()
    var written = Written()
    switch flow {
    case .nothing: return written
    case .value(.list(let rows)):
      try writer.write(rows, to: out)
      try writer.finish(to: out)
      written.rows = rows.count
    case .value(let value):
      try writer.writeSole(value, to: out)
      written.rows = value.isNull ? 0 : 1
    case .rows(let stream):
      while let batch = try stream.next() {
        try writer.write(batch, to: out)
        written.rows += batch.count
      }
      try writer.finish(to: out)
    }
    written.hiddenColumns = writer.hiddenColumns
    return written
  }

  private func rowWriter() -> any RowWriter {
    switch style.format {
    case .table, .wide: TableRows(style: style, columns: columns, measuredRows: measuredRows)
    case .json: JSONRows(isTerminal: style.isTerminal)
    case .jsonl: JSONLines(isTerminal: style.isTerminal)
    case .csv: CSVRows(isTerminal: style.isTerminal)
    case .yaml: YAMLRows(isTerminal: style.isTerminal)
    case .ids: IDLines(isTerminal: style.isTerminal)
    case .prometheus: PrometheusRows()
    }
  }
}

extension ValueWriter.Written {
  /// A line for stderr about columns that are not there, and how to see them; nil when all are.
  package func note(help: String) -> String? {
    guard !hiddenColumns.isEmpty else { return nil }
    let names = hiddenColumns.map { TerminalText.escaped($0) }.joined(separator: ", ")
    return "no room for: \(names) (\(help) shows all)"
  }
}
