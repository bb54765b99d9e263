package import OrderedJSON
package import SnapLanguage

/// Values as the protocol writes them: JSON, with `{"$size": bytes}`, `{"$dur": "720h"}` and
/// `{"$time": "…Z"}` for what JSON lacks.
///
/// A reader of its own for each stream: rows with the same names share a shape.
package struct WireValues {
  private var shapes: [Shape] = []

  package init() {}

  /// - Throws: `Failure` for a block of code.
  package static func append(_ value: Value, to text: inout JSONText) throws {
    switch value {
    case .null: text.append(.null)
    case .bool(let value): text.append(.bool(value))
    case .int(let value): text.append(value)
    case .float(let value): text.append(.double(value))
    case .string(let value): text.append(value)
    case .size(let bytes): text.append(["$size": .int(bytes)])
    case .duration(let time): text.append(["$dur": .string(Units.durationText(time))])
    case .datetime(let time): text.append(["$time": .string(Timestamp.text(time))])
    case .list(let items):
      text.append(byte: "[")
      for (index, item) in items.enumerated() {
        if index > 0 { text.append(byte: ",") }
        try append(item, to: &text)
      }
      text.append(byte: "]")
    case .record(let record):
      text.append(byte: "{")
      for (position, name) in record.names.enumerated() {
        if position > 0 { text.append(byte: ",") }
        text.append(name)
        text.append(byte: ":")
        try append(record[position], to: &text)
      }
      text.append(byte: "}")
    case .block: throw Failure(.usage, "a block can't be given to a plugin")
    }
  }

  /// The value as JSON, for messages that are small.
  package static func json(of value: Value) throws -> JSON {
    switch value {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .float(let value): return .double(value)
    case .string(let value): return .string(value)
    case .size(let bytes): return ["$size": .int(bytes)]
    case .duration(let time): return ["$dur": .string(Units.durationText(time))]
    case .datetime(let time): return ["$time": .string(Timestamp.text(time))]
    case .list(let items): return .array(try items.map(json))
    case .record(let record):
      return .object(
        JSONObject(try record.fields.map { JSONObject.Member($0.name, try json(of: $0.value)) }))
    case .block: throw Failure(.usage, "a block can't be given to a plugin")
    }
  }

  package static func value(of json: JSON) -> Value {
    var reader = WireValues()
    return reader.value(json)
  }

  package mutating func value(_ json: JSON) -> Value { value(json, depth: 0) }

  private mutating func value(_ json: JSON, depth: Int) -> Value {
    switch json {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .double(let value): return .float(value)
    case .string(let value): return .string(value)
    case .array(let items): return .list(items.map { value($0, depth: depth) })
    case .object(let object):
      let members = object.members
      if members.count == 1, let marked = Self.marked(members[0]) { return marked }
      let shape = shape(members, depth: depth)
      return .record(
        Record(shape: shape, wireValues: members.map { value($0.value, depth: depth + 1) }))
    }
  }

  private static func marked(_ member: JSONObject.Member) -> Value? {
    switch (member.name, member.value) {
    case ("$size", .int(let bytes)): .size(bytes)
    case ("$dur", .string(let text)): Units.duration(text).map(Value.duration)
    case ("$time", .string(let text)): Timestamp.parse(text).map(Value.datetime)
    default: nil
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
