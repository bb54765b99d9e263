import LineEditing

struct FixtureDelegate: LineEditorDelegate {
  let history: History
  private let words = ["list", "listen", "remove", "日本", "日曜"]

  func prompt() -> Prompt { Prompt("> ") }

  func complete(_ text: String, cursor: Int) -> Completion {
    let before = text.unicodeScalars.prefix(cursor)
    let word = before.suffix { $0 != " " }
    let candidates = candidates(word)
    let start = cursor - word.unicodeScalars.count
    let note = word.hasPrefix("x") ? "nothing is known of \"x\"" : nil
    return Completion(replacing: start..<cursor, candidates: candidates, note: note)
  }

  private func candidates(_ word: String) -> [Candidate] {
    if word.hasPrefix("many") { return (100..<300).map { Candidate("many\($0)") } }
    if word.hasPrefix("s") {
      return [
        Candidate("slice", details: ["a machine"]),
        Candidate("snapshot", details: ["its disk at one time"]),
      ]
    }
    return words.filter { $0.hasPrefix(word) }.map { Candidate($0) }
  }

  /// The first word green when it is known.
  func highlight(_ text: String, cursor: Int) -> [StyledRange] {
    let first = text.prefix { $0 != " " }
    guard words.contains(String(first)) else { return [] }
    return [StyledRange(0..<first.unicodeScalars.count, Style(.green))]
  }

  func suggest(_ text: String) -> String? {
    text == "rem" ? "ove all" : history.suggestion(for: text)
  }

  func hint(_ text: String) -> String? { text == "listen " ? "WHAT [WHERE]" : nil }

  /// A text with an open quote goes on.
  func isComplete(_ text: String) -> Bool { text.count { $0 == "\"" }.isMultiple(of: 2) }
}

extension Substring.UnicodeScalarView {
  fileprivate func suffix(while condition: (Unicode.Scalar) -> Bool) -> String {
    String(String.UnicodeScalarView(reversed().prefix(while: condition).reversed()))
  }
}
