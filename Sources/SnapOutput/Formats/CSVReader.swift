import OrderedJSON
import SnapLanguage

/// Reads RFC 4180, with or without carriage returns, into records named by the header.
///
/// A quoted field is text. A plain one is null when empty, and a number or a Boolean when JSON
/// would read it as one. Empty lines are passed over.
final class CSVReader: RowReader {
  private let buffer: PieceBuffer
  private var shape: Shape?
  /// The line feeds before the buffer.
  private var linesBefore = 0
  private var failure: DecodeError?

  init(_ buffer: PieceBuffer) { self.buffer = buffer }

  func next() throws -> [Value]? {
    if let failure { throw failure }
    while true {
      let bytes = buffer.bytes
      var scanner = CSVScanner(bytes: bytes, isWhole: buffer.isAtEnd)
      var rows: [Value] = []
      do throws(DecodeError) { try read(&scanner, into: &rows) } catch { failure = error }
      linesBefore += bytes[..<scanner.rowStart].reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
      buffer.pass(scanner.rowStart)
      if !rows.isEmpty { return rows }
      // The rows before a bad line are good.
      if let failure { throw failure }
      if buffer.isAtEnd { return nil }
      try buffer.readPiece()
    }
  }

  private func read(_ scanner: inout CSVScanner, into rows: inout [Value]) throws(DecodeError) {
    do throws(CSVScanner.Problem) {
      while let fields = try scanner.row() {
        guard let shape else {
          self.shape = try header(fields)
          continue
        }
        guard fields.count == shape.names.count else {
          throw scanner.problem(.fieldCount(fields.count, expected: shape.names.count))
        }
        rows.append(.record(Record(shape: shape, wireValues: fields.map(\.value))))
      }
    } catch {
      let place = DecodeError(.csv, offset: error.offset, in: buffer.bytes, error.problem)
      throw DecodeError(
        .csv, line: linesBefore + place.line, column: place.column, error.problem)
    }
  }

  private func header(_ fields: [CSVScanner.Field]) throws(CSVScanner.Problem) -> Shape {
    let names = fields.map(\.text)
    var known: Set<String> = []
    for name in names where !known.insert(name).inserted {
      throw CSVScanner.Problem(offset: 0, problem: .repeatedColumn(name))
    }
    return Shape(names)
  }

  /// What a field without quotes means.
  static func value(ofPlain text: String) -> Value {
    guard let first = text.utf8.first else { return .null }
    guard first == 0x2D || (0x30...0x39).contains(first) || text == "true" || text == "false"
    else { return .string(text) }
    if first != 0x30, text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return .int(text.utf8.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    // White space around a number would be lost, so such a field is text.
    if text.utf8.contains(where: { $0 <= 0x20 }) { return .string(text) }
    do throws(JSONError) { return Value(json: try JSON(parsing: text)) } catch {
      return .string(text)
    }
  }
}
