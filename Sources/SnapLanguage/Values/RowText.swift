/// A row as a file has it, in one piece of memory. A field is decoded each time it is asked for, so
/// that a row costs little when few of its fields are.
///
/// The elements are the places of the fields in the text, then the text itself and `padding` zeros.
/// They never change, so that a row may go from task to task.
package final class RowText: ManagedBuffer<RowText.Header, UInt16> {
  package struct Header {
    fileprivate let fieldCount: UInt16
    fileprivate let textCount: UInt16
    fileprivate let isCanonicalJSON: Bool
    fileprivate let form: Form
  }

  /// How the fields of rows of one kind of file are written.
  package final class Form: Sendable {
    fileprivate let decode: @Sendable (UnsafePointer<UInt8>) -> Value
    fileprivate let length: @Sendable (UnsafePointer<UInt8>) -> Int?

    /// Both get the place where a field begins. `decode` gives its value, `length` its bytes when the
    /// same bytes are always the same value.
    package init(
      decode: @escaping @Sendable (UnsafePointer<UInt8>) -> Value,
      length: @escaping @Sendable (UnsafePointer<UInt8>) -> Int?
    ) {
      self.decode = decode
      self.length = length
    }
  }

  package static let padding = 8
  package static let longest = Int(UInt16.max)

  /// `text` is at most `longest` bytes long; `fields` are places in it.
  package static func copying(
    _ text: UnsafeBufferPointer<UInt8>, fields: UnsafeBufferPointer<UInt16>,
    isCanonicalJSON: Bool, form: Form
  ) -> RowText {
    let row = create(minimumCapacity: fields.count + (text.count + padding + 1) / 2) { _ in
      Header(
        fieldCount: UInt16(fields.count), textCount: UInt16(text.count),
        isCanonicalJSON: isCanonicalJSON, form: form)
    }
    row.withUnsafeMutablePointerToElements { elements in
      if let places = fields.baseAddress { elements.update(from: places, count: fields.count) }
      let copy = UnsafeMutableRawPointer(elements + fields.count)
      if let start = text.baseAddress { copy.copyMemory(from: start, byteCount: text.count) }
      (copy + text.count).initializeMemory(as: UInt8.self, repeating: 0, count: padding)
    }
    return unsafeDowncast(row, to: RowText.self)
  }

  package var fieldCount: Int { Int(header.fieldCount) }

  /// Whether the row as a line of JSON has these very bytes.
  package var isCanonicalJSON: Bool { header.isCanonicalJSON }

  package func value(at position: Int) -> Value {
    withField(position) { header, field in header.form.decode(field) }
  }

  /// Lends the field's bytes, when rows with the same bytes there have the same value there; nil else.
  package func withBytes<Result>(
    ofField position: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result? {
    withField(position) { header, field in
      header.form.length(field).map { body(UnsafeRawBufferPointer(start: field, count: $0)) }
    }
  }

  private func withField<Result>(
    _ position: Int, _ body: (borrowing Header, UnsafePointer<UInt8>) -> Result
  ) -> Result {
    withUnsafeMutablePointers { header, elements in
      precondition(position >= 0 && position < header.pointee.fieldCount)
      let text = UnsafeRawPointer(elements + Int(header.pointee.fieldCount))
        .assumingMemoryBound(to: UInt8.self)
      return body(header.pointee, text + Int(elements[position]))
    }
  }

  /// Lends the text; it is gone after `body`.
  package func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withUnsafeMutablePointers { header, elements in
      let text = UnsafeRawPointer(elements + Int(header.pointee.fieldCount))
        .assumingMemoryBound(to: UInt8.self)
      return body(UnsafeBufferPointer(start: text, count: Int(header.pointee.textCount)))
    }
  }
}
