/// What colour and weight say, apart from the codes for them.
///
/// Red, green and magenta are told from the background on dark and on light terminals alike; yellow,
/// white and bright colours are not.
enum Tone {
  case plain, strong, faint, running, good, bad, error, warning, help, position

  /// `text` between the codes (ECMA-48 SGR) for the tone.
  func apply(to text: String, isColored: Bool) -> String {
    guard isColored, let code, !text.isEmpty else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }

  private var code: String? {
    switch self {
    case .plain: nil
    case .strong, .help: "1"
    case .faint, .position: "2"
    case .running: "35"
    case .good: "32"
    case .bad: "31"
    case .error: "1;31"
    case .warning: "1;35"
    }
  }
}
