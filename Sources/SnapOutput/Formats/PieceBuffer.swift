import Glibc

/// Fills memory from its beginning with the next bytes and says with how many; 0 is the end.
package typealias ByteSource = (UnsafeMutableRawBufferPointer) throws -> Int

/// Bytes of a source, read piece by piece and looked at where they lie. A byte order mark at the
/// beginning is passed over.
final class PieceBuffer {
  private let source: ByteSource
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity = PieceBuffer.pieceSize + PieceBuffer.padding
  private var start = 0
  private var end = 0
  private var hasBegun = false
  private(set) var isAtEnd = false

  private static let pieceSize = 256 << 10
  /// Readers look at several bytes at a time.
  private static let padding = 8

  init(_ source: @escaping ByteSource) {
    self.source = source
    memory = .allocate(capacity: capacity)
  }

  deinit { memory.deallocate() }

  /// What was read and not passed over yet; a line feed and seven more bytes follow in memory. It is
  /// gone with the next `readPiece`.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: memory + start, count: end - start)
  }

  func pass(_ count: Int) { start += count }

  /// Adds a piece to `bytes`, or finds the end.
  func readPiece() throws {
    try readSome()
    if !hasBegun {
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      while !isAtEnd, bytes.count < mark.count, mark.starts(with: bytes) { try readSome() }
      hasBegun = true
      if bytes.starts(with: mark) { pass(mark.count) }
    }
  }

  private func readSome() throws {
    if start > 0 {
      memory.update(from: memory + start, count: end - start)
      (start, end) = (0, end - start)
    }
    if end + Self.pieceSize + Self.padding > capacity {
      capacity = 2 * end + Self.pieceSize + Self.padding
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: memory, count: end)
      memory.deallocate()
      memory = larger
    }
    let count = try source(
      UnsafeMutableRawBufferPointer(start: memory + end, count: Self.pieceSize))
    isAtEnd = count == 0
    end += count
    (memory + end).update(repeating: 0x0A, count: Self.padding)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes up to the first line feed; nil when there is none.
  var firstLine: Self? {
    guard let start = baseAddress, let found = memchr(start, 0x0A, count) else { return nil }
    return Self(start: start, count: UnsafeRawPointer(found) - UnsafeRawPointer(start))
  }

  /// The number of bytes up to and with the last line feed from `place` on; nil when there is none.
  func linesEnd(from place: Int) -> Int? { self[place...].lastIndex(of: 0x0A).map { $0 + 1 } }
}
