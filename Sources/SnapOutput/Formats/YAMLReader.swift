import SnapLanguage
import Yams

/// Reads YAML by the core schema of YAML 1.2 (`no` is text), with dates as in YAML 1.1.
struct YAMLReader {
  /// Aliases may name a value again and again; what they grow to is bounded.
  private static let mostValues = 1_000_000
  /// The tag that the resolver gives to scalars that are neither quoted nor tagged.
  private static let plain = Tag.Name(rawValue: "plain")

  private var valuesLeft = mostValues

  static func decode(_ bytes: [UInt8]) throws(DecodeError) -> Value {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DecodeError(.yaml, line: 1, column: 1, .badUTF8)
    }
    do {
      let resolver = try Resolver.basic.appending(plain, "^")
      let parser = try Parser(yaml: text, resolver: resolver, encoding: .utf8)
      var documents: [Value] = []
      while let root = try parser.nextRoot() {
        var reader = YAMLReader()
        documents.append(try reader.value(root))
      }
      return documents.count > 1 ? .list(documents) : documents.first ?? .null
    } catch let error as DecodeError {
      throw error
    } catch {
      throw DecodeError(yaml: error)
    }
  }

  private mutating func value(_ node: Node) throws(DecodeError) -> Value {
    valuesLeft -= 1
    guard valuesLeft > 0 else { throw error(node, .tooManyValues(limit: Self.mostValues)) }
    switch node {
    case .scalar(let scalar): return value(scalar, tag: node.tag)
    case .sequence(let nodes):
      var items: [Value] = []
      for node in nodes { items.append(try value(node)) }
      return .list(items)
    case .mapping(let mapping): return .record(Record(try fields(mapping)))
    // The parser has put the values in the aliases' places.
    case .alias: return .null
    }
  }

  /// The fields of a mapping; those of a merge key `<<` come first, and its own prevail.
  private mutating func fields(_ mapping: Node.Mapping) throws(DecodeError) -> [(String, Value)] {
    var merged: [(String, Value)] = []
    var own: [(String, Value)] = []
    for (key, node) in mapping {
      guard case .scalar(let name) = key else { throw error(key, .compoundKey) }
      guard name.string == "<<", key.tag == Tag(Self.plain) else {
        own.append((name.string, try value(node)))
        continue
      }
      switch node {
      case .mapping(let source): merged += try fields(source)
      case .sequence(let sources):
        for source in sources.reversed() {
          if case .mapping(let source) = source { merged += try fields(source) }
        }
      case .scalar, .alias: break
      }
    }
    return merged + own
  }

  private func value(_ scalar: Node.Scalar, tag: Tag) -> Value {
    let text = scalar.string
    switch tag.description {
    case Self.plain.rawValue: return Self.value(ofPlain: text)
    case Tag.Name.int.rawValue, Tag.Name.float.rawValue, Tag.Name.bool.rawValue,
      Tag.Name.null.rawValue, Tag.Name.timestamp.rawValue:
      return Self.value(ofPlain: text)
    default: return .string(text)
    }
  }

  private static func value(ofPlain text: String) -> Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    default: return number(text) ?? Timestamp.parse(text).map(Value.datetime) ?? .string(text)
    }
  }

  private static func number(_ text: String) -> Value? {
    guard let first = text.utf8.first, (0x2B...0x39).contains(first) else { return nil }
    if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16).map(Value.int) }
    if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8).map(Value.int) }
    if let int = Int(text) { return .int(int) }
    let isNumber = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0)
    }
    return isNumber ? Double(text).map(Value.float) : nil
  }

  private func error(_ node: Node, _ problem: DecodeError.Problem) -> DecodeError {
    DecodeError(.yaml, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, problem)
  }
}

extension DecodeError {
  fileprivate init(yaml error: any Error) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(.yaml, line: mark.line, column: mark.column, .yaml(problem))
    case .reader(let problem, let offset, _, let text):
      let before = text.prefix(offset ?? 0)
      self.init(.yaml, offset: before.utf8.count, in: Array(before.utf8), .yaml(problem))
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(
        .yaml, line: context.mark.line, column: context.mark.column,
        .repeatedColumn(keys.first ?? ""))
    default: self.init(.yaml, line: 1, column: 1, .yaml("\(error)"))
    }
  }
}
