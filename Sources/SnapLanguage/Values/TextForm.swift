extension Value {
  /// The value as text in a string or a composed word.
  ///
  /// - Throws: `Failure` for a record or a list, whose text nobody means.
  package func interpolated() throws -> String {
    switch self {
    case .string(let text): text
    case .null: ""
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .float(let value): String(value)
    case .size(let bytes): Units.sizeText(bytes)
    case .duration(let microseconds): Units.durationText(microseconds)
    case .datetime(let time): Timestamp.text(time)
    case .record:
      throw Failure(.usage, "a record can't be part of a text", help: "name a field: ${x.name}")
    case .list:
      throw Failure(.usage, "a list can't be part of a text", help: "join it: join($x, ', ')")
    case .block: throw Failure(.usage, "a block can't be part of a text")
    }
  }
}
