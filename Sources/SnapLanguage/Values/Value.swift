/// What a variable holds and what flows through a pipeline.
///
/// `ValueTag` knows the order of the cases.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  /// Bytes.
  case size(Int)
  /// Microseconds.
  case duration(Int)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case datetime(Int)
  case string(String)
  case list([Value])
  case record(Record)
  /// Code in braces, handed to a command such as `each`.
  case block(Block)
}

extension Value {
  package var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  package var intValue: Int? { if case .int(let value) = self { value } else { nil } }
  package var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var listValue: [Value]? { if case .list(let value) = self { value } else { nil } }
  package var recordValue: Record? { if case .record(let value) = self { value } else { nil } }
  package var isNull: Bool { if case .null = self { true } else { false } }

  /// The word for the value's type, as the language writes it.
  package var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "string"
    case .size: "size"
    case .duration: "duration"
    case .datetime: "datetime"
    case .list: "list"
    case .record: "record"
    case .block: "block"
    }
  }
}

/// A block of code as a value: commands call it with an item, which the code sees as `$it`.
///
/// A block runs on the thread that made it.
package final class Block: @unchecked Sendable {
  package let call: (Value) throws -> Value
  package init(call: @escaping (Value) throws -> Value) { self.call = call }
}
