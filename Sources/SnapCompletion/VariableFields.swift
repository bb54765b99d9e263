package import SnapLanguage

/// What the value of a session's variable has: the fields of a record, or the columns of rows.
package struct VariableFields: Sendable, Equatable {
  package let names: [String]
  package let areOfRows: Bool

  /// Nil for a value without fields. The first row tells for all.
  package init?(_ value: Value) {
    switch value {
    case .record(let record): (names, areOfRows) = (record.names, false)
    case .list(let items):
      guard case .record(let first)? = items.first else { return nil }
      (names, areOfRows) = (first.names, true)
    default: return nil
    }
  }
}
