/// A row as a file has it, in one piece of memory. A field is decoded each time it is asked for, so
/// that a row costs little when few of its fields are.
package final class RowText: @unchecked Sendable {
  package let fieldCount: Int
  /// Whether the row as a line of JSON has these very bytes.
  package let isCanonicalJSON: Bool
  private let decode: Decode
  private let textCount: Int
  /// The places of the fields in the text, two bytes each; then the text and the padding.
  private let memory: UnsafeMutablePointer<UInt16>

  /// Gives the value of the field that begins here. `padding` zeros follow the row's text.
  package typealias Decode = @Sendable (UnsafePointer<UInt8>) -> Value

  package static let padding = 8
  package static let longest = Int(UInt16.max)

  /// `text`, which is copied, is at most `longest` bytes long; `fields` are places in it.
  package init(
    copying text: UnsafeBufferPointer<UInt8>, fields: UnsafeBufferPointer<UInt16>,
    isCanonicalJSON: Bool, decode: @escaping Decode
  ) {
    precondition(text.count <= Self.longest)
    fieldCount = fields.count
    textCount = text.count
    self.isCanonicalJSON = isCanonicalJSON
    self.decode = decode
    memory = .allocate(capacity: fields.count + (text.count + Self.padding + 1) / 2)
    if let places = fields.baseAddress { memory.update(from: places, count: fields.count) }
    let copy = UnsafeMutableRawPointer(memory + fields.count)
    if let start = text.baseAddress { copy.copyMemory(from: start, byteCount: text.count) }
    (copy + text.count).initializeMemory(as: UInt8.self, repeating: 0, count: Self.padding)
  }

  deinit { memory.deallocate() }

  private var start: UnsafePointer<UInt8> {
    UnsafePointer(
      UnsafeRawPointer(memory + fieldCount).assumingMemoryBound(to: UInt8.self))
  }

  package func value(at position: Int) -> Value {
    precondition(position >= 0 && position < fieldCount)
    return withExtendedLifetime(self) { decode(start + Int(memory[position])) }
  }

  /// Lends the text; it is gone after `body`.
  package func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
    -> Result
  {
    try withExtendedLifetime(self) {
      try body(UnsafeBufferPointer(start: start, count: textCount))
    }
  }
}
