extension Record {
  /// Copies the field's value, read by its column's form.
  @inline(__always) func read(_ position: Int, into target: Slot) {
    if case .plain = shape.forms[position] {
      wireValues.withUnsafeBufferPointer { values in
        // Only read.
        if let first = values.baseAddress { target.copy(Slot(mutating: first + position)) }
      }
    } else {
      target.pointee = self[position]
    }
  }
}
