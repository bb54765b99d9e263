import OrderedJSON

/// A value of snapsh: what arguments, rows and results are made of.
public enum PluginValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  /// Bytes.
  case size(Int)
  /// As the language writes it, such as `720h`.
  case duration(String)
  /// ISO 8601 in UTC, such as `2026-11-24T02:30:00Z`.
  case time(String)
  case list([PluginValue])
  case record(PluginRecord)

  /// The text; nil for another value.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The whole number; nil for another value.
  public var int: Int? { if case .int(let value) = self { value } else { nil } }
  /// The truth; nil for another value.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The items; nil for another value.
  public var list: [PluginValue]? { if case .list(let value) = self { value } else { nil } }
  /// The record; nil for another value.
  public var record: PluginRecord? { if case .record(let value) = self { value } else { nil } }

  /// A record's field; nil for another value.
  public subscript(name: String) -> PluginValue? { record?[name] }
}

/// Named values in their order.
public struct PluginRecord: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// The fields in their order.
  public private(set) var fields: [Field]

  /// One field.
  public struct Field: Sendable, Hashable {
    /// The column's name.
    public let name: String
    /// What stands in it.
    public var value: PluginValue

    /// A field of a record.
    public init(_ name: String, _ value: PluginValue) {
      self.name = name
      self.value = value
    }
  }

  /// A record of fields with different names.
  public init(_ fields: [Field]) { self.fields = fields }

  /// A record as it is written out; a name that comes twice keeps the last value.
  public init(dictionaryLiteral elements: (String, PluginValue)...) {
    fields = []
    for (name, value) in elements { self[name] = value }
  }

  /// The value of a field; nil when there is none. Setting nil takes the field away.
  public subscript(name: String) -> PluginValue? {
    get { fields.first { $0.name == name }?.value }
    set {
      let index = fields.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): fields[index].value = value
      case (let index?, nil): fields.remove(at: index)
      case (nil, let value?): fields.append(Field(name, value))
      case (nil, nil): break
      }
    }
  }
}

extension PluginValue {
  init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .double(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .array(let items): self = .list(items.map { PluginValue($0) })
    case .object(let object):
      if object.members.count == 1, let marked = Self.marked(object.members[0]) {
        self = marked
      } else {
        self = .record(
          PluginRecord(object.members.map { .init($0.name, PluginValue($0.value)) }))
      }
    }
  }

  private static func marked(_ member: JSONObject.Member) -> PluginValue? {
    switch (member.name, member.value) {
    case ("$size", .int(let bytes)): .size(bytes)
    case ("$dur", .string(let text)): .duration(text)
    case ("$time", .string(let text)): .time(text)
    default: nil
    }
  }

  var json: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .size(let bytes): ["$size": .int(bytes)]
    case .duration(let text): ["$dur": .string(text)]
    case .time(let text): ["$time": .string(text)]
    case .list(let items): .array(items.map(\.json))
    case .record(let record):
      .object(JSONObject(record.fields.map { JSONObject.Member($0.name, $0.value.json) }))
    }
  }
}
