import Synchronization

/// A field's name in the code, with where it was found last.
final class FieldSite: Sendable {
  /// What a record without the column has.
  enum MissingColumn: Sendable { case isError, isNull }

  let name: String
  /// Whether a field that isn't there is null.
  let isOptional: Bool
  /// Nil for a field that is no column of `where`.
  let column: MissingColumn?
  let span: Span
  /// The number of a shape, and under it the field's position in it: one word, so that threads can
  /// share the site.
  private let found = Atomic<UInt64>(0)

  init(_ name: String, isOptional: Bool = false, column: MissingColumn? = nil, span: Span) {
    self.name = name
    self.isOptional = isOptional
    self.column = column
    self.span = span
  }

  /// The field's position in records of `shape`.
  @inline(__always) func position(in shape: Shape) -> Int? {
    let known = found.load(ordering: .relaxed)
    if known >> 16 == shape.number { return Int(known & 0xFFFF) }
    return lookUp(shape)
  }

  @inline(never) private func lookUp(_ shape: Shape) -> Int? {
    guard let position = shape.position(of: name) else { return nil }
    if position < 1 << 16 {
      found.store(shape.number << 16 | UInt64(position), ordering: .relaxed)
    }
    return position
  }
}
