import SnapLanguage

/// The fields of the lines in a piece of CSV. A line that may go on in the next piece is left there.
struct CSVScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isWhole: Bool
  private var at = 0
  /// Where the row begins that was read last, or that is to be read next.
  private(set) var rowStart = 0

  /// `isWhole`: nothing follows `bytes`.
  init(bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
    self.bytes = bytes
    self.isWhole = isWhole
  }

  struct Field {
    let text: String
    let isQuoted: Bool
    var value: Value { isQuoted ? .string(text) : CSVReader.value(ofPlain: text) }
  }

  struct Problem: Error {
    let offset: Int
    let problem: DecodeError.Problem
  }

  /// What is wrong with the row that was read last.
  func problem(_ problem: DecodeError.Problem) -> Problem {
    Problem(offset: rowStart, problem: problem)
  }

  /// The next row; nil when no whole one is left.
  mutating func row() throws(Problem) -> [Field]? {
    while at < bytes.count, takeLineEnd() {}
    rowStart = at
    guard at < bytes.count else { return nil }
    do throws(Problem) {
      let fields = try fields()
      if at < bytes.count || isWhole || bytes[at - 1] == 0x0A { return fields }
    } catch {
      if at < bytes.count || isWhole { throw error }
    }
    at = rowStart
    return nil
  }

  private mutating func fields() throws(Problem) -> [Field] {
    var fields = [try field()]
    while at < bytes.count, !takeLineEnd() {
      guard bytes[at] == UInt8(ascii: ",") else {
        throw Problem(offset: at, problem: .textAfterQuote)
      }
      at += 1
      fields.append(try field())
    }
    return fields
  }

  private mutating func takeLineEnd() -> Bool {
    if bytes[at] == 0x0A {
      at += 1
    } else if bytes[at] == 0x0D, at + 1 < bytes.count, bytes[at + 1] == 0x0A {
      at += 2
    } else if bytes[at] == 0x0D, at + 1 == bytes.count {
      at += 1
    } else {
      return false
    }
    return true
  }

  private mutating func field() throws(Problem) -> Field {
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") { return try quotedField() }
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: ","), !isAtLineEnd { at += 1 }
    return Field(
      text: try text(UnsafeBufferPointer(rebasing: bytes[start..<at]), from: start),
      isQuoted: false)
  }

  private var isAtLineEnd: Bool {
    bytes[at] == 0x0A || bytes[at] == 0x0D && (at + 1 == bytes.count || bytes[at + 1] == 0x0A)
  }

  private mutating func quotedField() throws(Problem) -> Field {
    let start = at
    at += 1
    var content: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
          return Field(text: try text(content, from: start), isQuoted: true)
        }
        at += 1
      }
      content.append(byte)
    }
    throw Problem(offset: start, problem: .openQuote)
  }

  private func text(_ bytes: some Collection<UInt8>, from start: Int) throws(Problem) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(offset: start, problem: .badUTF8)
    }
    return text
  }
}
