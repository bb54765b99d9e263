/// A place of a frame, or of a chunk's constants.
///
/// Copying an enum in and out of memory costs calls that retain and release. The machine looks at
/// the number of a value's case and its payload where they lie instead: the payload of an enum's
/// case begins at the enum's first byte and, in a `Value`, the case's number is the last byte.
/// `ValueTag.isAsExpected` makes sure of it.
typealias Slot = UnsafeMutablePointer<Value>

/// The numbers of the cases of `Value`, as they lie in memory.
package enum ValueTag {
  static let bool: UInt8 = 0, int: UInt8 = 1, float: UInt8 = 2
  /// From here on a value may hold a reference.
  static let string: UInt8 = 6
  static let list: UInt8 = 7, record: UInt8 = 8, null: UInt8 = 10
  static let offset = 16

  /// Whether values lie in memory as this file says.
  package static let isAsExpected: Bool = {
    let samples: [(Value, UInt8, payload: UInt64)] = [
      (.bool(true), bool, 1), (.int(-2), int, UInt64(bitPattern: -2)),
      (.float(1.5), float, (1.5).bitPattern), (.size(7), 3, 7), (.duration(8), 4, 8),
      (.datetime(9), 5, 9), (.null, null, 0),
    ]
    let areEqual = samples.allSatisfy { value, tag, payload in
      withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { memory in
        memory.initializeElement(at: 0, to: value)
        let raw = UnsafeRawBufferPointer(memory)
        let bits = raw.loadUnaligned(as: UInt64.self)
        return raw[offset] == tag && (tag == bool ? bits & 0xFF : bits) == payload
      }
    }
    let references: [(Value, UInt8)] = [
      (.string("x"), string), (.list([]), list), (.record(Record([])), record),
    ]
    return areEqual && MemoryLayout<Value>.size == offset + 1
      && references.allSatisfy { value, tag in
        withUnsafeBytes(of: value) { $0[offset] == tag }
      }
  }()
}

extension Slot {
  @inline(__always) var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) }
  @inline(__always) var tag: UInt8 { raw.load(fromByteOffset: ValueTag.offset, as: UInt8.self) }

  // What follows is right only for the tag that it names.
  @inline(__always) var int: Int { raw.load(as: Int.self) }
  @inline(__always) var float: Double { raw.load(as: Double.self) }
  @inline(__always) var bool: Bool { raw.load(as: UInt8.self) & 1 != 0 }
  @inline(__always) var list: UnsafeMutablePointer<[Value]> {
    raw.assumingMemoryBound(to: [Value].self)
  }
  @inline(__always) var string: UnsafeMutablePointer<String> {
    raw.assumingMemoryBound(to: String.self)
  }
  @inline(__always) var record: UnsafeMutablePointer<Record> {
    raw.assumingMemoryBound(to: Record.self)
  }

  /// Whether what lies here holds no reference.
  @inline(__always) var isPlain: Bool { tag < ValueTag.string || tag == ValueTag.null }

  @inline(__always) func put(_ value: Int, tag newTag: UInt8 = ValueTag.int) {
    if !isPlain { drop() }
    raw.storeBytes(of: value, as: Int.self)
    raw.storeBytes(of: newTag, toByteOffset: ValueTag.offset, as: UInt8.self)
  }

  @inline(__always) func put(_ value: Double) {
    put(Int(bitPattern: UInt(value.bitPattern)), tag: ValueTag.float)
  }

  @inline(__always) func put(_ value: Bool) { put(value ? 1 : 0, tag: ValueTag.bool) }

  /// Copies what lies at `source`.
  @inline(__always) func copy(_ source: Slot) {
    if source.isPlain {
      put(source.int, tag: source.tag)
    } else {
      assign(source)
    }
  }

  @inline(never) private func assign(_ source: Slot) { pointee = source.pointee }

  /// Takes what lies at `source`; what held a reference there is null then.
  ///
  /// A plain value is copied by the pieces that it was written in: a processor waits long for a read
  /// of more than was just written.
  @inline(__always) func take(_ source: Slot) {
    if source.isPlain {
      put(source.int, tag: source.tag)
      return
    }
    if !isPlain { drop() }
    raw.copyMemory(from: source.raw, byteCount: ValueTag.offset + 1)
    source.raw.storeBytes(of: ValueTag.null, toByteOffset: ValueTag.offset, as: UInt8.self)
    source.raw.storeBytes(of: 0, as: Int.self)
  }

  /// Leaves null in place of what holds a reference.
  @inline(__always) func clear() { if !isPlain { drop() } }

  @inline(never) private func drop() { pointee = .null }
}
