import SnapLanguage

/// A value as a key: equal where the language's `==` says so.
struct RowKey: Hashable {
  let value: Value

  init(_ value: Value) { self.value = value }

  static func == (a: Self, b: Self) -> Bool { Value.areEqual(a.value, b.value) }

  func hash(into hasher: inout Hasher) {
    switch value {
    case .int(let value): hasher.combine(Double(value))
    case .float(let value): hasher.combine(value)
    case .string(let text): hasher.combine(text)
    case .size(let amount), .duration(let amount), .datetime(let amount): hasher.combine(amount)
    case .bool(let value): hasher.combine(value)
    case .list(let items): for item in items { hasher.combine(RowKey(item)) }
    case .record(let record):
      // Records are equal whatever the order of their fields.
      var sum = 0
      for field in record.fields {
        var hasher = Hasher()
        hasher.combine(field.name)
        hasher.combine(RowKey(field.value))
        sum ^= hasher.finalize()
      }
      hasher.combine(sum)
    case .null, .block: break
    }
  }
}
