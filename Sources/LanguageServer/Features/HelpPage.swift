import OrderedJSON
import SnapLanguage

/// What an editor shows about a name.
struct HelpPage {
  /// In the language itself.
  let title: String
  /// Markdown that can be read as it stands too.
  let text: String

  init(title: String, text: String) {
    self.title = title
    self.text = text
  }

  init(_ signature: Signature) {
    title = signature.usage
    var parts = [signature.about]
    // A function's comment begins with what it is about.
    if signature.details.hasPrefix(signature.about) { parts = [] }
    if !signature.details.isEmpty { parts.append(signature.details) }
    let parameters = signature.parameters.map { parameter in
      Self.item(
        parameter.name.uppercased(), parameter.type, parameter.about, parameter.defaultValue)
    }
    if !parameters.isEmpty { parts.append(parameters.joined(separator: "\n")) }
    let flags = signature.flags.map(Self.item)
    if !flags.isEmpty { parts.append(flags.joined(separator: "\n")) }
    if !signature.aliases.isEmpty {
      parts.append("Also called: \(signature.aliases.joined(separator: ", "))")
    }
    text = parts.joined(separator: "\n\n")
  }

  init(_ function: Function) {
    title = function.usage
    text = function.about
  }

  init(_ flag: Flag, of signature: Signature) {
    title = "\(signature.name) --\(flag.name)" + (flag.type.map { " \($0)" } ?? "")
    var parts = flag.about.isEmpty ? [] : [flag.about]
    if let value = flag.defaultValue.flatMap(Self.defaultText) { parts.append(value) }
    if let short = flag.short { parts.append("Also written: `-\(short)`") }
    text = parts.joined(separator: "\n\n")
  }

  private static func item(_ flag: Flag) -> String {
    item("--\(flag.name)", flag.type, flag.about, flag.defaultValue)
  }

  private static func item(
    _ name: String, _ type: ValueType?, _ about: String, _ value: Value?
  ) -> String {
    let parts = [about.isEmpty ? nil : about, value.flatMap(defaultText)].compactMap(\.self)
    return "- `\(name)\(type.map { ": \($0)" } ?? "")`"
      + (parts.isEmpty ? "" : " \(parts.joined(separator: "; "))")
  }

  private static func defaultText(_ value: Value) -> String? {
    // Lists and records have no short form; the declaration shows them.
    (try? value.interpolated()).map { "default: `\($0)`" }
  }

  /// As LSP's `MarkupContent`.
  func content(isMarkdown: Bool) -> JSON {
    let title = isMarkdown ? "```snapsh\n\(title)\n```" : title
    let text = text.isEmpty ? title : "\(title)\n\n\(text)"
    return ["kind": isMarkdown ? "markdown" : "plaintext", "value": .string(text)]
  }
}
