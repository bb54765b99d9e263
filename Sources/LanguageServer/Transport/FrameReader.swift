/// Cuts a stream of bytes into messages by their headers (LSP 3.17, "Base Protocol").
///
/// A header may lie about the length. Raw line ends can't stand in a JSON text's strings, so a
/// header inside a body proves that the body ended before it; and after a body that was cut short,
/// all up to the next header is dropped.
struct FrameReader {
  enum Frame: Equatable {
    case body([UInt8])
    /// Bytes that belong to no message; told once for as many as stand together.
    case garbage
  }

  /// Longer messages are refused: no editor sends them.
  static let longestBody = 64 << 20
  /// A header has no more bytes than this.
  static let longestHeader = 4096

  private var buffer: [UInt8] = []
  /// What of the buffer has been searched for the end of a header.
  private var searched = 0
  private var isInGarbage = false

  private static let headerEnd = Array("\r\n\r\n".utf8)
  private static let lengthName = Array("content-length:".utf8)

  mutating func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

  /// The next frame; nil when more bytes are needed.
  mutating func next() -> Frame? {
    guard let header = header(from: 0, to: buffer.count) else { return garbage() }
    if header.range.lowerBound > 0 || header.length > Self.longestBody {
      let end = header.length > Self.longestBody ? header.range.upperBound : header.range.lowerBound
      drop(end)
      if isInGarbage { return next() }
      isInGarbage = true
      return .garbage
    }
    isInGarbage = false
    let start = header.range.upperBound
    let end = min(start + header.length, buffer.count)
    if let inner = self.header(from: max(start, searched), to: buffer.count),
      inner.range.lowerBound < start + header.length
    {
      return body(start..<max(start, inner.range.lowerBound), next: inner.range.lowerBound)
    }
    guard end == start + header.length else {
      searched = max(start, buffer.count - Self.longestHeader)
      return nil
    }
    return body(start..<end, next: end)
  }

  private mutating func body(_ range: Range<Int>, next: Int) -> Frame {
    let body = Array(buffer[range])
    drop(next)
    return .body(body)
  }

  private mutating func drop(_ count: Int) {
    buffer.removeFirst(count)
    searched = 0
  }

  /// What to do with bytes in which no header has ended yet.
  private mutating func garbage() -> Frame? {
    guard buffer.count > 2 * Self.longestHeader else { return nil }
    drop(buffer.count - Self.longestHeader)
    if isInGarbage { return nil }
    isInGarbage = true
    return .garbage
  }

  private struct Header {
    /// From its first field up to the body.
    var range: Range<Int>
    var length: Int
  }

  /// The first whole header among the bytes.
  private func header(from start: Int, to limit: Int) -> Header? {
    var at = start
    while let end = first(Self.headerEnd, from: at, to: limit) {
      if let header = header(endingAt: end, after: max(start, end - Self.longestHeader)) {
        return header
      }
      at = end + 1
    }
    return nil
  }

  /// The header whose last field ends at `end`; nil when there is none with a length.
  private func header(endingAt end: Int, after start: Int) -> Header? {
    var lineEnd = end
    var header: Header?
    while lineEnd > start {
      let line = lineStart(before: lineEnd, after: start)
      let text = buffer[line..<lineEnd]
      if let (fieldStart, length) = lengthField(text) {
        header = Header(range: fieldStart..<end + Self.headerEnd.count, length: length)
        // Bytes before the field on its line belong to what came before.
        if fieldStart > line { return header }
      } else if isField(text) {
        header?.range = line..<end + Self.headerEnd.count
      } else {
        return header
      }
      guard line - 2 >= start else { break }
      lineEnd = line - 2
    }
    return header
  }

  private func lineStart(before end: Int, after start: Int) -> Int {
    var at = end
    while at > start {
      if at - 2 >= start, buffer[at - 1] == 0x0A, buffer[at - 2] == 0x0D { return at }
      at -= 1
    }
    return start
  }

  private func lengthField(_ line: ArraySlice<UInt8>) -> (start: Int, length: Int)? {
    let name = Self.lengthName
    guard line.count > name.count else { return nil }
    let last = line.endIndex - name.count
    for start in (line.startIndex..<last).reversed()
    where zip(line[start...], name).allSatisfy({ $0 | 0x20 == $1 }) {
      let digits = line[(start + name.count)...].drop { $0 == 0x20 || $0 == 0x09 }
      guard !digits.isEmpty, digits.count <= 18,
        digits.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      return (start, digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    return nil
  }

  /// `Content-Type: …` or any other field.
  private func isField(_ line: ArraySlice<UInt8>) -> Bool {
    guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex else { return false }
    return line[..<colon].allSatisfy { byte in
      byte == 0x2D || (0x41...0x5A).contains(byte & 0xDF)
    }
  }

  private func first(_ pattern: [UInt8], from start: Int, to limit: Int) -> Int? {
    guard limit - start >= pattern.count else { return nil }
    return buffer.withUnsafeBufferPointer { bytes in
      var at = start
      while at + pattern.count <= limit {
        if bytes[at] == pattern[0], zip(bytes[at...], pattern).allSatisfy(==) { return at }
        at += 1
      }
      return nil
    }
  }
}
