import Glibc

/// Why a text is not JSON, and where.
package struct JSONError: Error, Hashable {
  /// Offset of the offending byte.
  package let offset: Int
  package let problem: Problem

  package enum Problem: Sendable, Hashable {
    case unexpectedEnd
    case unexpectedByte(UInt8)
    case badEscape
    case badUTF8
    case badNumber
    case trailingText
    case tooDeep
  }
}

extension JSON {
  /// The value written in `bytes`; nothing but white space may follow it.
  package init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    // The reader looks at eight bytes at a time.
    var padded = Array(bytes)
    let count = padded.count
    padded.append(contentsOf: repeatElement(0, count: 8))
    self = try padded.withUnsafeBufferPointer { bytes throws(JSONError) in
      var reader = JSONReader(UnsafeBufferPointer(rebasing: bytes[..<count]))
      return try reader.document()
    }
  }

  package init(parsing text: String) throws(JSONError) { try self.init(parsing: text.utf8) }
}

/// A reader in one pass over the bytes, with a bound on nesting so that no input ends the stack.
struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0
  /// The names of the last object at each depth, all different: the next one often has the same.
  private var lastMembers: [[Name]] = []
  private static let deepest = 512

  /// A name as it was read, and its bytes with the quotes.
  private struct Name {
    let text: String
    let range: Range<Int>
  }

  /// Eight more bytes can be read after `bytes`.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipBlanks()
    guard at == bytes.count else { throw error(.trailingText) }
    return value
  }

  func error(_ problem: JSONError.Problem) -> JSONError {
    JSONError(offset: at, problem: problem)
  }

  func unexpected() -> JSONError {
    at < bytes.count ? error(.unexpectedByte(bytes[at])) : error(.unexpectedEnd)
  }

  private mutating func skipBlanks() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard take(byte) else { throw unexpected() }
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < Self.deepest else { throw error(.tooDeep) }
    skipBlanks()
    guard at < bytes.count else { throw error(.unexpectedEnd) }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    for index in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[index]) }
    return value
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    at += 1
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object(JSONObject()) }
    if lastMembers.count <= depth {
      lastMembers += Array(repeating: [], count: depth + 1 - lastMembers.count)
    }
    var members: [JSONObject.Member] = []
    members.reserveCapacity(lastMembers[depth].count)
    var isAsLast = true
    while true {
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw unexpected() }
      let name = try name(members.count, depth: depth, &isAsLast)
      skipBlanks()
      try expect(UInt8(ascii: ":"))
      members.append(JSONObject.Member(name, try value(depth: depth + 1)))
      skipBlanks()
      if take(UInt8(ascii: "}")) { break }
      try expect(UInt8(ascii: ","))
    }
    if isAsLast { return .object(JSONObject(distinct: members)) }
    let object = JSONObject(members)
    if object.members.count < members.count { lastMembers[depth] = [] }
    return .object(object)
  }

  /// The name of the member at `index`, compared with that of the object before.
  private mutating func name(
    _ index: Int, depth: Int, _ isAsLast: inout Bool
  ) throws(JSONError) -> String {
    if isAsLast, index < lastMembers[depth].count {
      let last = lastMembers[depth][index]
      if isHere(last.range) {
        at += last.range.count
        return last.text
      }
    }
    if isAsLast {
      isAsLast = false
      lastMembers[depth].removeSubrange(index...)
    }
    let start = at
    let text = try string()
    lastMembers[depth].append(Name(text: text, range: start..<at))
    return text
  }

  private func isHere(_ range: Range<Int>) -> Bool {
    guard at + range.count <= bytes.count, let start = bytes.baseAddress else { return false }
    return memcmp(start + at, start + range.lowerBound, range.count) == 0
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    at += 1
    var values: [JSON] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      values.append(try value(depth: depth + 1))
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(values) }
      try expect(UInt8(ascii: ","))
    }
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = at
    _ = take(UInt8(ascii: "-"))
    let digits = at
    skipDigits()
    guard at > digits else {
      at = start
      throw unexpected()
    }
    guard at == digits + 1 || bytes[digits] != UInt8(ascii: "0") else { throw error(.badNumber) }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      let fraction = at
      skipDigits()
      guard at > fraction else { throw error(.badNumber) }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      let exponent = at
      skipDigits()
      guard at > exponent else { throw error(.badNumber) }
    }
    if isInteger, let int = integer(start: start, digits: digits) { return .int(int) }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard let double = Double(text), double.isFinite else { throw error(.badNumber) }
    return .double(double)
  }

  /// The integer up to `at`; nil when it does not fit.
  private func integer(start: Int, digits: Int) -> Int? {
    var value = 0
    for byte in bytes[digits..<at] {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int(byte - 0x30)
      let (sum, carry) =
        start == digits
        ? product.addingReportingOverflow(digit) : product.subtractingReportingOverflow(digit)
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  private mutating func skipDigits() {
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
  }
}
