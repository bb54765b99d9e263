import OrderedJSON
package import SnapLanguage

/// Why a text is not in its format, and where.
package struct DecodeError: Error {
  package let format: DataFormat
  /// From 1.
  package let line: Int
  /// In characters, from 1.
  package let column: Int
  let problem: Problem

  enum Problem: Sendable {
    case json(JSONError.Problem)
    /// In libyaml's words.
    case yaml(String)
    case badUTF8
    case openQuote
    case textAfterQuote
    case fieldCount(Int, expected: Int)
    case repeatedColumn(String)
    case compoundKey
    case tooManyValues(limit: Int)
  }

  init(_ format: DataFormat, line: Int, column: Int, _ problem: Problem) {
    self.format = format
    self.line = line
    self.column = column
    self.problem = problem
  }

  init(_ format: DataFormat, offset: Int, in bytes: some Collection<UInt8>, _ problem: Problem) {
    let before = bytes.prefix(offset)
    let lines = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let column = String(decoding: lines.last ?? before.prefix(0), as: UTF8.self).count + 1
    self.init(format, line: max(1, lines.count), column: column, problem)
  }
}

extension DecodeError {
  package var message: String {
    "the text is not \(format.title): \(problem.words) in line \(line), column \(column)"
  }

  /// The error as running code sees it; `path` names the file that has the text.
  package func failure(about path: String? = nil) -> Failure {
    Failure(.usage, path.map { "\($0): \(message)" } ?? message)
  }
}

extension RowStream {
  /// The same rows, whose `DecodeError`s are failures about a file.
  package func failing(about path: String? = nil) -> RowStream {
    RowStream {
      do { return try next() } catch let error as DecodeError { throw error.failure(about: path) }
    }
  }
}

extension DataFormat {
  fileprivate var title: String {
    switch self {
    case .json: "JSON"
    case .jsonl: "JSON lines"
    case .csv: "CSV"
    case .yaml: "YAML"
    }
  }
}

extension DecodeError.Problem {
  fileprivate var words: String {
    switch self {
    case .json(let problem): problem.words
    case .yaml(let words): words
    case .badUTF8: "bytes that are no UTF-8"
    case .openQuote: "a quote that is not closed"
    case .textAfterQuote: "text after a closing quote"
    case .fieldCount(let count, let expected):
      "\(count) \(count == 1 ? "field" : "fields") where the header has \(expected)"
    case .repeatedColumn(let name): "a second column '\(name)'"
    case .compoundKey: "a key that is a list or a mapping"
    case .tooManyValues(let limit): "aliases that grow to more than \(limit) values"
    }
  }
}

extension JSONError.Problem {
  fileprivate var words: String {
    switch self {
    case .unexpectedEnd: "an early end"
    case .unexpectedByte(let byte) where byte >= 0x80: "a character outside of quotes"
    case .unexpectedByte(let byte): "an unexpected '\(Character(Unicode.Scalar(byte)))'"
    case .badEscape: "an unknown escape"
    case .badUTF8: "bytes that are no UTF-8"
    case .badNumber: "a malformed number"
    case .trailingText: "text after the value"
    case .tooDeep: "too deep a nesting"
    }
  }
}
