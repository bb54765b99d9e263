import OrderedJSON
import SnapLanguage

/// A command as a manifest declares it.
package struct CommandDeclaration: Sendable {
  /// Without the plugin's name before it.
  package let name: String
  /// Its name is the declaration's own.
  private let signature: Signature
  /// The parameter that takes what is piped in, beside what is given.
  let pipedParameter: String?
  /// The arguments for which Tab asks the plugin.
  let dynamic: Set<String>
  /// How long the plugin may say nothing while the command runs.
  let silence: Duration

  func signature(of plugin: String) -> Signature {
    var signature = signature
    signature.name = "\(plugin).\(name)"
    return signature
  }

  init(_ reader: ManifestReader) throws {
    name = try reader.text("name")
    guard Plugin.isName(name[...]) else {
      throw reader.failure("name", "must be letters, digits, '-' and '_'")
    }
    var signature = Signature(
      name, group: .plugin, about: try reader.optionalText("about") ?? "",
      details: try reader.optionalText("details") ?? "", effect: try Self.effect(reader))
    var piped: String?
    var dynamic: Set<String> = []
    for item in try reader.optionalList("params") {
      if try item.optionalText("complete") == "dynamic" {
        dynamic.insert(try item.optionalText("flag") ?? item.text("name"))
      }
      if try item.optionalText("flag") != nil {
        signature.flags.append(try Self.flag(item))
        continue
      }
      let parameter = try Self.parameter(item)
      if let last = signature.parameters.last,
        last.isRest || !last.isRequired && parameter.isRequired
      {
        throw item.failure("", "stands behind '\(last.name)', which takes what is left or may lack")
      }
      signature.parameters.append(parameter)
      if try item.flag("pipe") {
        guard piped == nil else { throw item.failure("pipe", "is set for two parameters") }
        piped = parameter.name
      }
    }
    signature.input = try Self.input(reader, isPiped: piped != nil)
    let columns = try reader.optionalList("columns").map { try $0.text() }
    if !columns.isEmpty { signature.columns = .fixed(columns) }
    signature.examples = try reader.optionalList("examples").map {
      Signature.Example(try $0.text(), "")
    }
    self.signature = signature
    self.dynamic = dynamic
    pipedParameter = piped
    let milliseconds = try reader.optionalInt("silence_ms") ?? 60_000
    guard milliseconds > 0 else { throw reader.failure("silence_ms", "must be above 0") }
    silence = .milliseconds(milliseconds)
  }

  private static func effect(_ reader: ManifestReader) throws -> Signature.Effect {
    switch try reader.optionalText("effect") ?? "read" {
    case "pure": .pure
    case "read": .read
    case "local": .local
    case "mutating": .mutating
    case let word:
      throw reader.failure("effect", "must be pure, read, local or mutating, not '\(word)'")
    }
  }

  private static func input(_ reader: ManifestReader, isPiped: Bool) throws -> Signature.Input {
    switch try reader.optionalText("input") ?? (isPiped ? "optional" : "none") {
    case "none": .none
    case "optional": .optional
    case "required": .required
    case let word:
      throw reader.failure("input", "must be none, optional or required, not '\(word)'")
    }
  }

  private static func parameter(_ item: ManifestReader) throws -> Parameter {
    let (isRest, isPiped) = (try item.flag("rest"), try item.flag("pipe"))
    let isRequired = try item.value("required") == nil ? !isRest : try item.flag("required")
    return Parameter(
      try item.text("name"), try type(item) ?? .any, about: try item.optionalText("about") ?? "",
      required: isRequired && !isPiped, rest: isRest,
      default: try item.value("default").map { WireValues.value(of: $0) })
  }

  private static func flag(_ item: ManifestReader) throws -> Flag {
    let type = try type(item)
    var flag = Flag(
      try item.text("flag"), type == .bool ? nil : type,
      short: try item.optionalText("short")?.first, about: try item.optionalText("about") ?? "",
      default: try item.value("default").map { WireValues.value(of: $0) })
    flag.isRequired = try item.flag("required")
    return flag
  }

  private static func type(_ item: ManifestReader) throws -> ValueType? {
    guard let text = try item.optionalText("type") else { return nil }
    guard let type = ValueType(writtenAs: text) else {
      throw item.failure("type", "'\(text)' is no type, such as string, int or list<snapshot>")
    }
    return type
  }
}

extension ValueType {
  /// The type as the language writes it.
  init?(writtenAs text: String) {
    if text == "path" {
      self = .path
      return
    }
    let source = SourceText(name: "<type>", text: "fn f(x: \(text)) { }")
    let script = Parser.parse(source)
    guard script.diagnostics.isEmpty, script.code.statements.count == 1,
      case .function(let function) = script.code.statements[0].kind,
      function.parameters.count == 1, let type = function.parameters[0].type
    else { return nil }
    self = type
  }
}
