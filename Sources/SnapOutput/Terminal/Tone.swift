/// What colour and weight say, apart from the codes for them.
enum Tone {
  case plain, strong, faint, running, error, warning, help, position

  /// `text` between the codes (ECMA-48 SGR) for the tone.
  func apply(to text: String, isColored: Bool) -> String {
    guard isColored, let code, !text.isEmpty else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }

  private var code: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .faint: "2"
    case .running: "33"
    case .error: "1;31"
    case .warning: "1;33"
    case .help: "1;36"
    case .position: "36"
    }
  }
}
