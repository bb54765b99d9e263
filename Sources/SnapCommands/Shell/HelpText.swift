package import SnapLanguage

/// Help as text, made from the declarations.
package enum HelpText {
  static func title(_ group: Signature.Group) -> String {
    switch group {
    case .read: "Look"
    case .change: "Change"
    case .rows: "Rows"
    case .shell: "Shell"
    case .plugin: "Plugins"
    case .function: "Functions of this session"
    case .alias: "Aliases of this session"
    }
  }

  /// The arguments of a script with a function `main`.
  package static func page(_ main: Signature, script: String) -> String {
    var signature = main
    signature.name = "snapsh \(script)"
    return page(signature)
  }

  package static func page(_ signature: Signature) -> String {
    var lines = signature.about.isEmpty ? [] : [signature.about, ""]
    lines.append("  \(signature.usage)")
    if !signature.examples.isEmpty {
      lines += ["", "Examples:"]
      lines += table(signature.examples.map { ($0.code, $0.about) })
    }
    if !signature.details.isEmpty { lines += ["", signature.details] }
    if !signature.parameters.isEmpty {
      lines += ["", "Arguments:"]
      lines += table(
        signature.parameters.map {
          (
            $0.name.uppercased(),
            "\($0.type)" + ($0.about.isEmpty ? "" : ": \($0.about)")
              + ($0.about.isEmpty ? standing($0.defaultValue) : "")
          )
        })
    }
    if !signature.flags.isEmpty {
      lines += ["", "Flags:"]
      lines += table(
        signature.flags.map {
          (label($0), $0.about.isEmpty ? String(standing($0.defaultValue).dropFirst(2)) : $0.about)
        })
    }
    if !signature.aliases.isEmpty {
      lines += ["", "Also called: \(signature.aliases.joined(separator: ", "))"]
    }
    return lines.joined(separator: "\n")
  }

  private static func standing(_ value: Value?) -> String {
    guard let value, let text = try? value.interpolated() else { return "" }
    return ", \(text) when not given"
  }

  private static func label(_ flag: Flag) -> String {
    let short = flag.short.map { "-\($0), " } ?? ""
    return "\(short)--\(flag.name)" + (flag.type.map { " \($0)" } ?? "")
  }

  static func table(_ rows: [(String, String)]) -> [String] {
    let width = (rows.map(\.0.count).max() ?? 0) + 2
    return rows.map { left, right in
      right.isEmpty
        ? "  \(left)" : "  \(left)\(String(repeating: " ", count: width - left.count))\(right)"
    }
  }
}
