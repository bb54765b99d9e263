import Synchronization

/// Named values in a fixed order. Records of one origin share their `Shape`.
package struct Record: Sendable {
  package let shape: Shape
  private let storage: Storage

  // A managed buffer is not Sendable by itself; that of a row never changes.
  private enum Storage: @unchecked Sendable {
    case values([Value])
    case text(RowText)
  }

  /// `wireValues` has one value for each of the shape's names.
  package init(shape: Shape, wireValues: [Value]) {
    precondition(shape.names.count == wireValues.count)
    self.shape = shape
    storage = .values(wireValues)
  }

  /// `text` has one field for each of the shape's names.
  package init(shape: Shape, text: RowText) {
    precondition(shape.names.count == text.fieldCount)
    self.shape = shape
    storage = .text(text)
  }

  /// A record of plain values; a name that comes twice keeps the last value.
  package init(_ fields: [(String, Value)]) {
    var names: [String] = []
    var values: [Value] = []
    for (name, value) in fields {
      if let index = names.firstIndex(of: name) {
        values[index] = value
      } else {
        names.append(name)
        values.append(value)
      }
    }
    self.init(shape: Shape(names), wireValues: values)
  }

  package var names: [String] { shape.names }

  /// The values as they came; `subscript` reads them by the column's `WireForm`.
  package var wireValues: [Value] {
    switch storage {
    case .values(let values): values
    case .text(let text): (0..<text.fieldCount).map(text.value(at:))
    }
  }

  package func wireValue(at position: Int) -> Value {
    switch storage {
    case .values(let values): values[position]
    case .text(let text): text.value(at: position)
    }
  }

  /// What the record was read from, when that is still so.
  package var text: RowText? { if case .text(let text) = storage { text } else { nil } }

  /// The field's value, read by its column's form; nil when there is no such field.
  package subscript(name: String) -> Value? {
    shape.position(of: name).map { self[$0] }
  }

  package subscript(position: Int) -> Value {
    shape.forms[position].read(wireValue(at: position))
  }

  /// Copies the field's value, read by its column's form.
  @inline(__always) func read(_ position: Int, into target: Slot) {
    if case .plain = shape.forms[position], case .values(let values) = storage {
      values.withUnsafeBufferPointer { values in
        // Only read.
        if let first = values.baseAddress { target.copy(Slot(mutating: first + position)) }
      }
    } else {
      target.pointee = self[position]
    }
  }

  package var fields: [(name: String, value: Value)] {
    names.indices.map { (names[$0], self[$0]) }
  }
}

/// The names and forms of a record's columns.
package final class Shape: Sendable {
  /// A number that no other shape has.
  let number: UInt64
  package let names: [String]
  package let forms: [WireForm]
  /// Fields that will have a value when a planned change has been made: to ask for one is an error, for
  /// no decision may hang on it.
  let unknown: Set<String>
  private let positions: [String: Int]
  private static let lastNumber = Atomic<UInt64>(0)

  /// `names` are distinct; `forms` is empty (all plain) or has one form a name.
  package init(_ names: [String], forms: [WireForm] = [], unknown: Set<String> = []) {
    self.unknown = unknown
    number = Self.lastNumber.add(1, ordering: .relaxed).newValue
    self.names = names
    self.forms = forms.isEmpty ? Array(repeating: .plain, count: names.count) : forms
    positions = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func position(of name: String) -> Int? { positions[name] }

  /// - Throws: `Failure` when the field will have a value that nobody knows yet.
  package func checkKnown(_ name: String) throws {
    guard unknown.contains(name) else { return }
    throw Failure(
      .unknown, "'\(name)' of a planned snapshot is known only after the plan is applied")
  }
}

/// How a column's value is written by the API, where that is not how one reckons with it.
///
/// The value stays as it came, so that `-o json` shows it unchanged; expressions see its meaning.
package enum WireForm: Sendable {
  case plain
  /// A whole number of gigabytes (10⁹ bytes): a size.
  case gigabytes
  /// Text such as `2025-02-04 10:19:36.925397`, UTC: a datetime.
  case timestamp
  /// Text such as `43s`: a duration.
  case durationText

  /// The meaning of `value`; what does not have the form stays as it is.
  package func read(_ value: Value) -> Value {
    switch (self, value) {
    case (.gigabytes, .int(let count)):
      let (bytes, overflow) = count.multipliedReportingOverflow(by: 1_000_000_000)
      return overflow ? value : .size(bytes)
    case (.timestamp, .string(let text)): return Timestamp.parse(text).map(Value.datetime) ?? value
    case (.durationText, .string(let text)):
      return Units.duration(text).map(Value.duration) ?? value
    default: return value
    }
  }
}
