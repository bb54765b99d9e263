/// The pure functions that expressions call as `name(…)`.
package struct Function: Sendable {
  package let name: String
  /// The parameters as help shows them.
  package let usage: String
  package let about: String
  package let arity: ClosedRange<Int>
  let result: ValueType?
  /// The types of each argument; what is not listed may be any value.
  var takes: [[ValueType]] = []
  let call: @Sendable ([Value], any Host) throws -> Value
}

extension Function {
  /// Whether the same arguments always give the same, which is small.
  var isPure: Bool { !["now", "ago", "env", "range"].contains(name) }
}

package enum Functions {
  package static func named(_ name: String) -> Function? { all[name] }

  package static let all: [String: Function] = Dictionary(
    uniqueKeysWithValues: (textFunctions + numberFunctions + timeFunctions + otherFunctions).map {
      ($0.name, $0)
    })

  private static let many = 1_000_000

  private static let textFunctions = [
    Function(
      name: "lower", usage: "lower(text)", about: "the text in small letters",
      arity: 1...1, result: .string, takes: [[.string]]
    ) { values, _ in .string(try text(values[0]).lowercased()) },
    Function(
      name: "upper", usage: "upper(text)", about: "the text in capitals",
      arity: 1...1, result: .string, takes: [[.string]]
    ) { values, _ in .string(try text(values[0]).uppercased()) },
    Function(
      name: "trim", usage: "trim(text)", about: "the text without blanks around it",
      arity: 1...1, result: .string, takes: [[.string]]
    ) { values, _ in
      let text = try text(values[0])
      let start = text.drop(while: \.isWhitespace)
      let end = start.lastIndex { !$0.isWhitespace }
      return .string(end.map { String(start[...$0]) } ?? "")
    },
    Function(
      name: "split", usage: "split(text, separator)", about: "the parts between separators",
      arity: 2...2, result: .list(.string), takes: [[.string], [.string]]
    ) { values, _ in
      let separator = try nonEmpty(values[1], "separator")
      return .list(try text(values[0]).parts(separatedBy: separator).map(Value.string))
    },
    Function(
      name: "join", usage: "join(list, separator?)", about: "the items as one text",
      arity: 1...2, result: .string, takes: [[.list(.any)], [.string]]
    ) { values, _ in
      let separator = values.count > 1 ? try text(values[1]) : ""
      return .string(try list(values[0]).map { try $0.interpolated() }.joined(separator: separator))
    },
    Function(
      name: "replace", usage: "replace(text, old, new)",
      about: "the text with every old part replaced", arity: 3...3, result: .string,
      takes: [[.string], [.string], [.string]]
    ) { values, _ in
      let old = try nonEmpty(values[1], "old part")
      let parts = try text(values[0]).parts(separatedBy: old)
      return .string(parts.joined(separator: try text(values[2])))
    },
    Function(
      name: "starts-with", usage: "starts-with(text, part)",
      about: "whether the text begins so", arity: 2...2, result: .bool,
      takes: [[.string], [.string]]
    ) { values, _ in
      .bool(try text(values[0]).hasPrefix(try text(values[1])))
    },
    Function(
      name: "ends-with", usage: "ends-with(text, part)",
      about: "whether the text ends so", arity: 2...2, result: .bool, takes: [[.string], [.string]]
    ) { values, _ in
      .bool(try text(values[0]).hasSuffix(try text(values[1])))
    },
    Function(
      name: "contains", usage: "contains(text or list, part)",
      about: "whether the part is in it", arity: 2...2, result: .bool,
      takes: [[.string, .list(.any), .record]]
    ) { values, _ in
      .bool(try Predicates.isMember(values[1], of: values[0]))
    },
  ]

  private static let numberFunctions = [
    Function(
      name: "min", usage: "min(a, b, …) or min(list)", about: "the least",
      arity: 1...many, result: nil
    ) { values, _ in try extreme(values, least: true) },
    Function(
      name: "max", usage: "max(a, b, …) or max(list)", about: "the greatest",
      arity: 1...many, result: nil
    ) { values, _ in try extreme(values, least: false) },
    Function(
      name: "round", usage: "round(number, places?)", about: "rounded, half away from zero",
      arity: 1...2, result: nil, takes: [[.int, .float], [.int]]
    ) { values, _ in
      guard values.count == 2, values[1].intValue != 0 else {
        if case .int = values[0] { return values[0] }
        guard let whole = Int(exactly: try double(values[0]).rounded()) else {
          throw Failure(.usage, "the result is too large for 64 bits")
        }
        return .int(whole)
      }
      guard case .int(let places) = values[1], (1...15).contains(places) else {
        throw Failure(.usage, "'round' takes 0 to 15 places")
      }
      let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
      return .float((try double(values[0]) * scale).rounded() / scale)
    },
    Function(
      name: "abs", usage: "abs(number)", about: "without its sign",
      arity: 1...1, result: nil, takes: [[.int, .float, .size, .duration]]
    ) { values, _ in
      switch values[0] {
      case .int(let value) where value < 0, .size(let value) where value < 0,
        .duration(let value) where value < 0:
        return try Arithmetic.negate(values[0])
      case .int, .size, .duration: return values[0]
      default: return .float(try double(values[0]).magnitude)
      }
    },
    Function(
      name: "range", usage: "range(first, last)", about: "the ints from first to last",
      arity: 2...2, result: .list(.int), takes: [[.int], [.int]]
    ) { values, _ in
      guard case .int(let first) = values[0], case .int(let last) = values[1] else {
        throw Failure(.usage, "'range' needs two ints")
      }
      guard first <= last else { return .list([]) }
      let (count, overflow) = last.subtractingReportingOverflow(first)
      guard !overflow, count < 100_000_000 else { throw Failure(.usage, "the range is too long") }
      return .list((first...last).map(Value.int))
    },
  ]

  private static let timeFunctions = [
    Function(name: "now", usage: "now()", about: "the time", arity: 0...0, result: .datetime) {
      _, _ in .datetime(Clock.microseconds())
    },
    Function(
      name: "ago", usage: "ago(duration)", about: "the time so long before now",
      arity: 1...1, result: .datetime, takes: [[.duration]]
    ) { values, _ in
      guard case .duration = values[0] else {
        throw Failure(.usage, "'ago' needs a duration, not \(values[0].kindName)", help: "ago(30d)")
      }
      return try Arithmetic.apply(.subtract, .datetime(Clock.microseconds()), values[0])
    },
    Function(
      name: "date", usage: "date(text)", about: "the text read as a date and time",
      arity: 1...1, result: .datetime, takes: [[.string, .datetime]]
    ) { values, _ in
      if case .datetime = values[0] { return values[0] }
      let text = try text(values[0])
      guard let time = Timestamp.parse(text) else {
        throw Failure(
          .usage, "'\(text)' is no date", help: "such as 2026-08-01 or 2026-08-01T10:20Z")
      }
      return .datetime(time)
    },
  ]

  private static let otherFunctions = [
    Function(
      name: "len", usage: "len(text, list or record)", about: "the number of its parts",
      arity: 1...1, result: .int, takes: [[.string, .list(.any), .record]]
    ) { values, _ in
      switch values[0] {
      case .string(let text): return .int(text.characterCount)
      case .list(let items): return .int(items.count)
      case .record(let record): return .int(record.names.count)
      default:
        throw Failure(.usage, "'len' needs a text, a list or a record, not \(values[0].kindName)")
      }
    },
    Function(
      name: "default", usage: "default(value, other)", about: "the other in place of null",
      arity: 2...2, result: nil
    ) { values, _ in values[0].isNull ? values[1] : values[0] },
    Function(
      name: "type", usage: "type(value)", about: "the name of its type",
      arity: 1...1, result: .string
    ) { values, _ in .string(values[0].typeName) },
    Function(
      name: "keys", usage: "keys(record)", about: "the names of its fields",
      arity: 1...1, result: .list(.string), takes: [[.record]]
    ) { values, _ in
      guard case .record(let record) = values[0] else {
        throw Failure(.usage, "'keys' needs a record, not \(values[0].kindName)")
      }
      return .list(record.names.map(Value.string))
    },
    Function(
      name: "env", usage: "env(name, other?)", about: "a variable of the environment",
      arity: 1...2, result: nil, takes: [[.string]]
    ) { values, host in
      host.environment(try text(values[0])).map(Value.string)
        ?? (values.count > 1 ? values[1] : .null)
    },
  ]

  private static func text(_ value: Value) throws -> String {
    guard let text = value.stringValue else {
      throw Failure(.usage, "expected a string, found \(value.kindName)")
    }
    return text
  }

  private static func nonEmpty(_ value: Value, _ what: String) throws -> String {
    let text = try text(value)
    guard !text.isEmpty else { throw Failure(.usage, "the \(what) is empty") }
    return text
  }

  private static func list(_ value: Value) throws -> [Value] {
    guard let items = value.listValue else {
      throw Failure(.usage, "expected a list, found \(value.kindName)")
    }
    return items
  }

  private static func double(_ value: Value) throws -> Double {
    switch value {
    case .int(let value): Double(value)
    case .float(let value): value
    default: throw Failure(.usage, "expected a number, found \(value.kindName)")
    }
  }

  private static func extreme(_ values: [Value], least: Bool) throws -> Value {
    var items = values
    if values.count == 1, case .list(let list) = values[0] { items = list }
    guard var best = items.first else { return .null }
    for item in items.dropFirst() {
      guard let isLess = least ? Value.isLess(item, best) : Value.isLess(best, item) else {
        throw Failure(
          .usage,
          "'\(least ? "min" : "max")' can't order \(best.kindName) and \(item.kindName)")
      }
      if isLess { best = item }
    }
    return best
  }
}

extension String {
  /// The texts between the places where `separator`, which is not empty, stands.
  fileprivate func parts(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

extension String {
  /// The number of characters; where each is a byte they need not be looked for.
  fileprivate var characterCount: Int {
    var text = self
    let bytes = text.withUTF8 { bytes in
      bytes.allSatisfy { $0 < 0x80 && $0 != Ascii.carriageReturn } ? bytes.count : nil
    }
    return bytes ?? count
  }
}
