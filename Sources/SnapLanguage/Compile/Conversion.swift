/// How an argument becomes what a parameter takes.
enum Conversion {
  /// Whether a value is of a type already.
  static func fits(_ value: Value, _ type: ValueType) -> Bool {
    switch (type, value) {
    case (.any, _): true
    case (.optional, .null): true
    case (.optional(let type), _): fits(value, type)
    case (.bool, .bool), (.int, .int), (.float, .float), (.float, .int), (.string, .string),
      (.size, .size), (.duration, .duration), (.datetime, .datetime), (.record, .record),
      (.block, .block):
      true
    case (.snapshot, .int), (.snapshot, .string), (.snapshot, .record), (.slice, .int),
      (.slice, .string), (.slice, .record):
      true
    case (.column, .string), (.path, .string), (.command, .string): true
    case (.list(let element), .list(let items)): items.allSatisfy { fits($0, element) }
    case (.oneOf(let words), .string(let word)): words.contains(word)
    default: false
    }
  }

  /// The value, which fits the type: an int is a float where one is wanted.
  static func widened(_ value: Value, _ type: ValueType) -> Value {
    switch (type, value) {
    case (.float, .int(let number)): .float(Double(number))
    case (.optional(let type), _): widened(value, type)
    default: value
    }
  }

  /// - Throws: `Failure` when the value isn't of the type.
  static func check(_ value: Value, _ type: ValueType) throws {
    guard fits(value, type) else {
      throw Failure(.usage, "expected \(type.article), found \(value.kindName)")
    }
  }

  /// An unquoted word as a value of `type`.
  ///
  /// - Throws: `Failure` when it can't be read so.
  static func word(_ text: String, as type: ValueType) throws -> Value {
    switch type {
    case .any, .string, .column, .path, .command: return .string(text)
    case .optional(let type): return try word(text, as: type)
    case .snapshot, .slice:
      // `007` is a name: an id has no zeros before it.
      return Int(text).flatMap { $0 >= 0 && "\($0)" == text ? Value.int($0) : nil } ?? .string(text)
    case .list(let element): return .list([try word(text, as: element)])
    case .oneOf(let words):
      if words.contains(text) { return .string(text) }
      throw Failure(
        .usage, "'\(text)' is none of \(words.joined(separator: ", "))",
        help: Suggestions.help(for: text, among: words))
    case .bool where text == "true" || text == "false": return .bool(text == "true")
    case .size: if let bytes = Literals.int(text) { return .size(bytes) }
    case .float: if let value = Literals.int(text) { return .float(Double(value)) }
    default: break
    }
    if let value = Literals.value(of: text), fits(value, type) { return value }
    throw Failure(.usage, "'\(text)' is not \(type.article)", help: example(of: type))
  }

  /// A value as one of `type`, as an argument is converted: text where text is wanted.
  static func value(_ value: Value, as type: ValueType) throws -> Value {
    if fits(value, type) { return widened(value, type) }
    switch (type, value) {
    case (.optional(let type), _): return try Self.value(value, as: type)
    case (.string, .int), (.string, .float), (.string, .size), (.string, .duration),
      (.string, .datetime), (.string, .bool):
      return .string(try value.interpolated())
    case (.oneOf(let words), .string(let word)):
      throw Failure(.usage, "'\(word)' is none of \(words.joined(separator: ", "))")
    case (.list, .list): break
    case (_, .list): throw listGiven(for: type)
    default: break
    }
    throw Failure(
      .usage, "expected \(type.article), found \(value.kindName)", help: example(of: type))
  }

  /// An argument whose type is known and isn't what a parameter takes.
  static func mismatch(_ known: ValueType, for type: ValueType) -> Failure {
    if case .list = known, !type.isList { return listGiven(for: type) }
    return Failure(
      .usage, "expected \(type.article), found \(known.article)", help: example(of: type))
  }

  private static func listGiven(for type: ValueType) -> Failure {
    Failure(
      .usage, "a list was given for \(type.article)",
      help: "spread it: ...$x, or pipe it into the command")
  }

  private static func example(of type: ValueType) -> String? {
    switch type {
    case .size: "such as 20GB or 512MiB, or a number of bytes"
    case .duration: "such as 30s, 5min or 7d"
    case .datetime: "such as 2026-08-01"
    default: nil
    }
  }
}

extension ValueType {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }

  /// The type with its article, for messages.
  var article: String {
    switch self {
    case .any: "any value"
    case .int: "an int"
    case .oneOf: "\(self)"
    case .optional(let type): type.article
    default: "a \(self)"
    }
  }
}
