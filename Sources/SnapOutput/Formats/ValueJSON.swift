package import OrderedJSON
package import SnapLanguage

/// As deep as the reader of JSON goes.
private let deepest = 512

/// The value as data: rows as the API sent them, a size in bytes, a duration in seconds, a datetime
/// as ISO 8601 text. A float that is no finite number stays one here and is null in the text.
package func json(of value: Value) throws(EncodeError) -> JSON { try json(of: value, depth: 0) }

private func json(of value: Value, depth: Int) throws(EncodeError) -> JSON {
  try checkDepth(depth)
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

private func checkDepth(_ depth: Int) throws(EncodeError) {
  guard depth < deepest else { throw .tooDeep(limit: deepest) }
}

private func seconds(_ microseconds: Int) -> JSON {
  let second = Timestamp.microsecondsPerSecond
  return microseconds % second == 0
    ? .int(microseconds / second) : .double(Double(microseconds) / Double(second))
}

extension JSONText {
  /// `json(of:)` on one line, without making the JSON of lists and records first.
  mutating func append(_ value: Value) throws(EncodeError) { try append(value, depth: 0) }

  private mutating func append(_ value: Value, depth: Int) throws(EncodeError) {
    switch value {
    case .list(let items):
      try checkDepth(depth)
      append(byte: "[")
      for (index, item) in items.enumerated() {
        if index > 0 { append(byte: ",") }
        try append(item, depth: depth + 1)
      }
      append(byte: "]")
    case .record(let record):
      if let text = record.text, text.isCanonicalJSON {
        return text.withText { bytes.append(contentsOf: $0) }
      }
      try checkDepth(depth)
      append(byte: "{")
      for (position, name) in record.names.enumerated() {
        if position > 0 { append(byte: ",") }
        append(name)
        append(byte: ":")
        try append(record.wireValue(at: position), depth: depth + 1)
      }
      append(byte: "}")
    case .string(let text): append(text)
    case .int(let number): append(number)
    default: append(try json(of: value, depth: depth))
    }
  }
}

extension Value {
  package init(json: JSON) {
    var values = JSONValues()
    self = values.value(json)
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

/// Makes values of JSON. Objects at the same depth that have the same names share a shape.
struct JSONValues {
  /// The last shape at each depth.
  private var shapes: [Shape] = []

  mutating func value(_ json: JSON) -> Value { value(json, depth: 0) }

  private mutating func value(_ json: JSON, depth: Int) -> Value {
    switch json {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .double(let value): return .float(value)
    case .string(let value): return .string(value)
    case .array(let items): return .list(items.map { value($0, depth: depth) })
    case .object(let object):
      let shape = shape(object.members, depth: depth)
      return .record(
        Record(
          shape: shape, wireValues: object.members.map { value($0.value, depth: depth + 1) }))
    }
  }

  private mutating func shape(_ members: [JSONObject.Member], depth: Int) -> Shape {
    if depth < shapes.count, shapes[depth].names.elementsEqual(members, by: { $0 == $1.name }) {
      return shapes[depth]
    }
    let shape = Shape(members.map(\.name))
    shapes.removeSubrange(min(depth, shapes.count)...)
    if depth == shapes.count { shapes.append(shape) }
    return shape
  }
}
