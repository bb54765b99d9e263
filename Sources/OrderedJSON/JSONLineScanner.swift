/// Finds the members of objects that stand on lines of their own, and whether the lines are
/// well-formed, without making values of them.
///
/// It lets pass only what `JSON(parsing:)` reads; what is rare is left to that.
package final class JSONLineScanner {
  private let keys = JSONKeyTree()
  private let places: UnsafeMutablePointer<UInt16>
  private var count = 0
  /// Whether the last line is what the writer would write.
  package private(set) var isCanonical = true

  private static let mostMembers = 1024
  private static let deepest = 64
  /// The places of members are small numbers.
  package static let longest = Int(UInt16.max)

  package init() { places = .allocate(capacity: Self.mostMembers) }

  deinit { places.deallocate() }

  /// Where the values of the last line's members begin in it.
  package var members: UnsafeBufferPointer<UInt16> {
    UnsafeBufferPointer(start: places, count: count)
  }

  /// The names of the members of the lines that have this number.
  package func names(_ number: Int) -> [String] { keys.names(downTo: number) }

  /// A number that lines with the same names in the same order share; nil for a line that is to be
  /// read as a whole. A line feed follows the line, and seven more bytes that can be read.
  package func scan(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = line.baseAddress, line.count <= Self.longest else { return nil }
    isCanonical = true
    count = 0
    var node = JSONKeyTree.root
    var at = blanksEnd(start)
    guard at[0] == UInt8(ascii: "{") else { return nil }
    at = blanksEnd(at + 1)
    if at[0] != UInt8(ascii: "}") {
      while true {
        guard count < Self.mostMembers, let child = keys.child(of: node, at: at) else { return nil }
        node = child
        if !keys.isCanonical(node) { isCanonical = false }
        at = blanksEnd(at + keys.count(node))
        guard at[0] == UInt8(ascii: ":") else { return nil }
        at = blanksEnd(at + 1)
        places[count] = UInt16(truncatingIfNeeded: at - start)
        count += 1
        guard let end = valueEnd(at, depth: 1) else { return nil }
        at = blanksEnd(end)
        guard at[0] == UInt8(ascii: ",") else { break }
        at = blanksEnd(at + 1)
      }
      guard at[0] == UInt8(ascii: "}") else { return nil }
    }
    return blanksEnd(at + 1) - start == line.count ? node : nil
  }

  @inline(__always)
  private func blanksEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    start[0] > 0x20 ? start : someBlanksEnd(start)
  }

  private func someBlanksEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var at = start
    while at[0] == 0x20 || at[0] == 0x09 || at[0] == 0x0D { at += 1 }
    if at > start { isCanonical = false }
    return at
  }

  @inline(__always)
  private func valueEnd(_ start: UnsafePointer<UInt8>, depth: Int) -> UnsafePointer<UInt8>? {
    switch start[0] {
    case UInt8(ascii: "\""): return stringEnd(start + 1)
    case UInt8(ascii: "t"): return start.word == 0x6575_7274 ? start + 4 : nil
    case UInt8(ascii: "f"): return (start + 1).word == 0x6573_6C61 ? start + 5 : nil
    case UInt8(ascii: "n"): return start.word == 0x6C6C_756E ? start + 4 : nil
    case UInt8(ascii: "["): return arrayEnd(start + 1, depth: depth)
    case UInt8(ascii: "{"): return objectEnd(start + 1, depth: depth)
    default: return numberEnd(start)
    }
  }

  @inline(__always)
  private func stringEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    let at = start.nextSpecial()
    return at[0] == UInt8(ascii: "\"") ? at + 1 : unusualStringEnd(at)
  }

  private func unusualStringEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var at = start
    while at[0] != UInt8(ascii: "\"") {
      switch at[0] {
      case UInt8(ascii: "\\"):
        guard let end = escapeEnd(at) else { return nil }
        at = end
      case 0x7F:
        isCanonical = false
        at += 1
      case 0x80...:
        guard let end = at.sequenceEnd() else { return nil }
        // U+0080 to U+009F are written as escapes.
        if at[0] == 0xC2, at[1] < 0xA0 { isCanonical = false }
        at = end
      default: return nil
      }
      at = at.nextSpecial()
    }
    return at + 1
  }

  private func escapeEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    switch start[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "n"), UInt8(ascii: "r"),
      UInt8(ascii: "t"):
      return start + 2
    case UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"):
      isCanonical = false
      return start + 2
    case UInt8(ascii: "u"):
      isCanonical = false
      for index in 2..<6 {
        switch start[index] {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: continue
        default: return nil
        }
      }
      return start + 6
    default: return nil
    }
  }

  /// Nil also for numbers that may be beyond what a float holds.
  @inline(__always)
  private func numberEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    let isNegative = start[0] == UInt8(ascii: "-")
    let digits = isNegative ? start + 1 : start
    let isZero = digits[0] == UInt8(ascii: "0")
    let at = isZero ? digits + 1 : digits.digitsEnd
    guard at > digits else { return nil }
    if at[0] == UInt8(ascii: ".") || at[0] | 0x20 == UInt8(ascii: "e") {
      return fractionEnd(at, digits: at - digits)
    }
    // Such may be too large for an integer, and -0 is written without its sign.
    if at - digits > 18 || isZero && isNegative { isCanonical = false }
    return at - digits <= 100 ? at : nil
  }

  private func fractionEnd(_ start: UnsafePointer<UInt8>, digits: Int) -> UnsafePointer<UInt8>? {
    isCanonical = false
    var at = start
    if at[0] == UInt8(ascii: ".") {
      let fraction = at + 1
      at = fraction.digitsEnd
      guard at > fraction else { return nil }
    }
    guard digits <= 100 else { return nil }
    guard at[0] | 0x20 == UInt8(ascii: "e") else { return at }
    at += 1
    if at[0] == UInt8(ascii: "+") || at[0] == UInt8(ascii: "-") { at += 1 }
    let exponent = at
    at = exponent.digitsEnd
    return (1...2).contains(at - exponent) ? at : nil
  }

  private func arrayEnd(_ start: UnsafePointer<UInt8>, depth: Int) -> UnsafePointer<UInt8>? {
    guard depth < Self.deepest else { return nil }
    var at = blanksEnd(start)
    if at[0] == UInt8(ascii: "]") { return at + 1 }
    while true {
      guard let end = valueEnd(at, depth: depth + 1) else { return nil }
      at = blanksEnd(end)
      if at[0] == UInt8(ascii: "]") { return at + 1 }
      guard at[0] == UInt8(ascii: ",") else { return nil }
      at = blanksEnd(at + 1)
    }
  }

  private func objectEnd(_ start: UnsafePointer<UInt8>, depth: Int) -> UnsafePointer<UInt8>? {
    guard depth < Self.deepest else { return nil }
    var at = blanksEnd(start)
    if at[0] == UInt8(ascii: "}") { return at + 1 }
    // A name may come twice, and the writer writes it once.
    isCanonical = false
    while true {
      guard at[0] == UInt8(ascii: "\""), let nameEnd = stringEnd(at + 1) else { return nil }
      at = blanksEnd(nameEnd)
      guard at[0] == UInt8(ascii: ":"), let end = valueEnd(blanksEnd(at + 1), depth: depth + 1)
      else { return nil }
      at = blanksEnd(end)
      if at[0] == UInt8(ascii: "}") { return at + 1 }
      guard at[0] == UInt8(ascii: ",") else { return nil }
      at = blanksEnd(at + 1)
    }
  }
}

extension UnsafePointer<UInt8> {
  /// Four bytes, the first the lowest.
  fileprivate var word: UInt32 {
    UInt32(littleEndian: UnsafeRawPointer(self).loadUnaligned(as: UInt32.self))
  }

  fileprivate var digitsEnd: Self {
    var at = self
    while at[0] &- 0x30 < 10 { at += 1 }
    return at
  }
}
