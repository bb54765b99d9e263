package import SnapLanguage

/// One format's way to read rows from bytes that come piece by piece.
protocol RowReader: AnyObject {
  /// The next rows, or nil at the end.
  ///
  /// - Throws: `DecodeError`, or what the source throws.
  func next() throws -> [Value]?
}

extension DataFormat {
  /// Whether rows of the format are read one by one, so that a long list is never whole in memory.
  package var isReadByRow: Bool {
    switch self {
    case .jsonl, .csv: true
    case .json, .yaml: false
    }
  }
}

extension Formats {
  /// The rows that `source` has in a format that is read by row. They throw `DecodeError`, or what
  /// `source` throws.
  package static func rows(
    from source: @escaping ByteSource, as format: DataFormat
  ) -> RowStream {
    let buffer = PieceBuffer(source)
    let reader: any RowReader = format == .csv ? CSVReader(buffer) : JSONLinesReader(buffer)
    return RowStream { try reader.next() }
  }
}
