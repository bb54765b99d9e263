import OrderedJSON
import SnapLanguage

/// Reads one JSON value a line (https://jsonlines.org); empty lines are passed over.
///
/// Objects stay text until a field is asked for. Each line is checked as a whole all the same.
final class JSONLinesReader: RowReader {
  private let buffer: PieceBuffer
  private let scanner = JSONLineScanner()
  /// By the numbers that the scanner gives.
  private var shapes: [Int: Shape] = [:]
  private var last: (number: Int, shape: Shape)?
  private var values = JSONValues()
  private var lineNumber = 0
  private var failure: DecodeError?

  init(_ buffer: PieceBuffer) { self.buffer = buffer }

  func next() throws -> [Value]? {
    if let failure { throw failure }
    var searched = 0
    while true {
      if let count = buffer.isAtEnd ? buffer.bytes.count : buffer.bytes.linesEnd(from: searched) {
        if count == 0 { return nil }
        let rows = self.rows(UnsafeBufferPointer(rebasing: buffer.bytes[..<count]))
        buffer.pass(count)
        // The rows before a bad line are good.
        if let failure, rows.isEmpty { throw failure }
        return rows
      }
      searched = buffer.bytes.count
      try buffer.readPiece()
    }
  }

  private func rows(_ lines: UnsafeBufferPointer<UInt8>) -> [Value] {
    var rows: [Value] = []
    var rest = lines
    while !rest.isEmpty {
      let line = rest.firstLine ?? rest
      rest = UnsafeBufferPointer(rebasing: rest.dropFirst(line.count + 1))
      lineNumber += 1
      do throws(DecodeError) {
        if let row = try value(line) { rows.append(row) }
      } catch {
        failure = error
        break
      }
    }
    return rows
  }

  private func value(_ line: UnsafeBufferPointer<UInt8>) throws(DecodeError) -> Value? {
    if let number = scanner.scan(line) {
      let text = RowText.copying(
        line, fields: scanner.members, isCanonicalJSON: scanner.isCanonical,
        form: fieldForm)
      return .record(Record(shape: shape(number), text: text))
    }
    if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return nil }
    do throws(JSONError) { return values.value(try JSON(parsing: line)) } catch {
      let column = String(decoding: line.prefix(error.offset), as: UTF8.self).count + 1
      throw DecodeError(.jsonl, line: lineNumber, column: column, .json(error.problem))
    }
  }

  private func shape(_ number: Int) -> Shape {
    if let last, last.number == number { return last.shape }
    let shape = shapes[number] ?? Shape(scanner.names(number))
    shapes[number] = shape
    last = (number, shape)
    return shape
  }
}

private let fieldForm = RowText.Form(
  decode: { Value(json: JSONField.value(at: $0)) },
  length: { JSONField.stringLength(at: $0) })
