extension Value {
  /// Whether two values are the same: numbers by amount, lists and records by their parts. Values
  /// of different kinds are never equal, and null equals null alone.
  package static func areEqual(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.int(let a), .float(let b)): Int(exactly: b) == a
    case (.float(let a), .int(let b)): Int(exactly: a) == b
    case (.string(let a), .string(let b)): a == b
    case (.size(let a), .size(let b)), (.duration(let a), .duration(let b)),
      (.datetime(let a), .datetime(let b)):
      a == b
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(a, b).allSatisfy { areEqual($0, $1) }
    case (.record(let a), .record(let b)):
      a.names.count == b.names.count
        && a.fields.allSatisfy { field in b[field.name].map { areEqual(field.value, $0) } ?? false }
    case (.block(let a), .block(let b)): a === b
    default: false
    }
  }

  /// Whether `a` comes before `b`; nil when their kinds have no common order.
  package static func isLess(_ a: Value, _ b: Value) -> Bool? {
    switch (a, b) {
    case (.int(let a), .int(let b)): a < b
    case (.float(let a), .float(let b)): a < b
    case (.int(let a), .float(let b)): Double(a) < b
    case (.float(let a), .int(let b)): a < Double(b)
    case (.string(let a), .string(let b)): a < b
    case (.size(let a), .size(let b)), (.duration(let a), .duration(let b)),
      (.datetime(let a), .datetime(let b)):
      a < b
    case (.bool(let a), .bool(let b)): !a && b
    default: nil
    }
  }

  /// An order of all values, for sorting: null first, then by kind, then by amount.
  package static func sortsBefore(_ a: Value, _ b: Value) -> Bool {
    isLess(a, b) ?? (a.sortRank < b.sortRank)
  }

  private var sortRank: Int {
    switch self {
    case .null: 0
    case .bool: 1
    case .int, .float: 2
    case .size: 3
    case .duration: 4
    case .datetime: 5
    case .string: 6
    case .list: 7
    case .record: 8
    case .block: 9
    }
  }
}
