/// Rows that are pulled batch by batch, so that a long list is never whole in memory.
///
/// A stream belongs to the thread that made it.
package struct RowStream {
  /// The next rows, or nil at the end. A batch may be empty.
  package let next: () throws -> [Value]?

  package init(next: @escaping () throws -> [Value]?) { self.next = next }

  package init(_ rows: [Value]) {
    var rest: [Value]? = rows
    self.init {
      defer { rest = nil }
      return rest
    }
  }

  package func collect() throws -> [Value] {
    var rows: [Value] = []
    while let batch = try next() { rows += batch }
    return rows
  }

  /// The rows for which `transform` gives something, in their order.
  package func compactMap(_ transform: @escaping (Value) throws -> Value?) -> RowStream {
    RowStream { try next()?.compactMap(transform) }
  }
}

/// What a stage of a pipeline hands to the next.
package enum Flow {
  case nothing
  case value(Value)
  case rows(RowStream)

  /// The flow as one value: rows become a list, nothing becomes null.
  package func collect() throws -> Value {
    switch self {
    case .nothing: .null
    case .value(let value): value
    case .rows(let stream): .list(try stream.collect())
    }
  }

  /// The flow as rows: a list is its items, another value is one row.
  package var rowStream: RowStream {
    switch self {
    case .nothing, .value(.null): RowStream([])
    case .value(.list(let items)): RowStream(items)
    case .value(let value): RowStream([value])
    case .rows(let stream): stream
    }
  }
}
