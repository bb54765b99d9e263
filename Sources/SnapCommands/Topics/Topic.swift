/// A page of help about more than one command; also a part of the manual.
package struct Topic: Sendable {
  package let name: String
  /// One line, for lists of topics.
  package let about: String
  package let parts: [Part]

  package enum Part: Sendable {
    case section(String)
    case text(String)
    /// Lines of the language that can be typed as they stand here.
    case code(String)
    /// Words with what they mean.
    case terms([(word: String, meaning: String)])
  }

  /// A new topic is a file beside this one and a name here.
  package static let all = [tour, language, functions, retention, safety, keys, exitCodes]

  package static func named(_ name: String) -> Topic? { all.first { $0.name == name } }

  /// The page as `help` shows it.
  package var page: String {
    var blocks = [about]
    for part in parts {
      switch part {
      case .section(let title): blocks.append(title)
      case .text(let text): blocks.append(text)
      case .code(let code):
        blocks.append(
          code.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
            .joined(separator: "\n"))
      case .terms(let terms):
        blocks.append(HelpText.table(terms.map { ($0.word, $0.meaning) }).joined(separator: "\n"))
      }
    }
    return blocks.joined(separator: "\n\n")
  }
}
