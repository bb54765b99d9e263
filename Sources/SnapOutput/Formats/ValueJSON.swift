package import OrderedJSON
package import SnapLanguage

/// As deep as the reader of JSON goes.
private let deepest = 512

/// The value as data: rows as the API sent them, a size in bytes, a duration in seconds, a datetime
/// as ISO 8601 text. A float that is no finite number stays one here and is null in the text.
package func json(of value: Value) throws(EncodeError) -> JSON { try json(of: value, depth: 0) }

private func json(of value: Value, depth: Int) throws(EncodeError) -> JSON {
  guard depth < deepest else { throw .tooDeep(limit: deepest) }
  switch value {
  case .null: return .null
  case .bool(let value): return .bool(value)
  case .int(let value), .size(let value): return .int(value)
  case .float(let value): return .double(value)
  case .string(let value): return .string(value)
  case .duration(let value): return seconds(value)
  case .datetime(let value): return .string(Timestamp.text(value))
  case .list(let items):
    var values: [JSON] = []
    values.reserveCapacity(items.count)
    for item in items { values.append(try json(of: item, depth: depth + 1)) }
    return .array(values)
  case .record(let record):
    var members: [JSONObject.Member] = []
    members.reserveCapacity(record.names.count)
    for (name, value) in zip(record.names, record.wireValues) {
      members.append(JSONObject.Member(name, try json(of: value, depth: depth + 1)))
    }
    return .object(JSONObject(members))
  case .block: throw .block
  }
}

private func seconds(_ microseconds: Int) -> JSON {
  let second = Timestamp.microsecondsPerSecond
  return microseconds % second == 0
    ? .int(microseconds / second) : .double(Double(microseconds) / Double(second))
}

extension Value {
  package init(json: JSON) {
    self =
      switch json {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let value): .int(value)
      case .double(let value): .float(value)
      case .string(let value): .string(value)
      case .array(let values): .list(values.map(Value.init(json:)))
      case .object(let object):
        .record(
          Record(
            shape: Shape(object.members.map(\.name)),
            wireValues: object.members.map { Value(json: $0.value) }))
      }
  }

  /// The value as one field of a line: text as it is, null as nothing, the rest as in JSON.
  func fieldText() throws(EncodeError) -> String {
    switch try json(of: self) {
    case .null: ""
    case .string(let text): text
    case let other: other.text()
    }
  }
}
