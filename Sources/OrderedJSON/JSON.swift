/// A JSON value (RFC 8259) that keeps what Foundation's reader loses: the order of members, and
/// whether a number was written as an integer.
///
/// Rows of the API are shown again field by field, unknown ones included, so both matter.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

/// The members of a JSON object in the order in which they were written.
///
/// A name that is written twice keeps its first place and its last value, as most readers do.
package struct JSONObject: Sendable, Hashable {
  package private(set) var members: [Member]

  package struct Member: Sendable, Hashable {
    package let name: String
    package var value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  package init() { members = [] }

  /// An object of members that have different names.
  init(distinct members: [Member]) { self.members = members }

  /// An object of `members`, which may name one twice. The time is linear in their number.
  package init(_ members: [Member]) {
    self.members = []
    if members.count <= 32 {
      for member in members { self[member.name] = member.value }
      return
    }
    var positions: [String: Int] = [:]
    var distinct: [Member] = []
    for member in members {
      if let position = positions.updateValue(distinct.count, forKey: member.name) {
        positions[member.name] = position
        distinct[position].value = member.value
      } else {
        distinct.append(member)
      }
    }
    self.members = distinct
  }

  package subscript(name: String) -> JSON? {
    get { members.first { $0.name == name }?.value }
    set {
      let index = members.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name, value))
      case (nil, nil): break
      }
    }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self.init(elements.map(Member.init))
  }
}

extension JSON {
  package var intValue: Int? { if case .int(let value) = self { value } else { nil } }
  package var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  package var arrayValue: [JSON]? { if case .array(let value) = self { value } else { nil } }
  package var objectValue: JSONObject? { if case .object(let value) = self { value } else { nil } }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .int(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements.map(JSONObject.Member.init)))
  }
}
