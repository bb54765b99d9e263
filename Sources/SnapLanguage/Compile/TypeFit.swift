extension ValueType {
  /// Whether a value that is known to be of type `known` may be of this type.
  func mayBe(_ known: ValueType) -> Bool {
    switch (self, known) {
    case (.any, _), (_, .any), (.list, .list), (.optional, .optional), (.oneOf, .oneOf): true
    case (.optional(let type), _): type.mayBe(known)
    case (_, .optional(let known)): mayBe(known)
    case (.float, .int), (.int, .float): self == .float
    case (.snapshot, _), (.slice, _): known.mayBeTarget
    case (_, .snapshot), (_, .slice): mayBeTarget
    case (.string, .oneOf), (.oneOf, .string), (.column, .string), (.path, .string),
      (.command, .string), (.column, .oneOf), (.path, .oneOf), (.command, .oneOf):
      true
    default: self == known
    }
  }

  /// Whether an argument of type `known` may be taken for this type: text is made where it is wanted.
  func mayTake(_ known: ValueType) -> Bool {
    if case .optional(let type) = self { return type.mayTake(known) }
    if self == .string, [.int, .float, .size, .duration, .datetime, .bool].contains(known) {
      return true
    }
    return mayBe(known)
  }

  /// The type of a list's items; nil for what can't be a list, or one of anything.
  var element: ValueType? {
    switch self {
    case .list(let element): element
    case .optional(let type): type.element
    default: nil
    }
  }

  /// Whether a slice or a snapshot may be given so: by an id, a name or a row.
  private var mayBeTarget: Bool {
    switch self {
    case .any, .int, .string, .record, .snapshot, .slice, .oneOf: true
    case .optional(let type): type.mayBeTarget
    default: false
    }
  }
}
