/// What the editor asks about the text. Called on the editor's thread, between two keys: an answer
/// must not block.
package protocol LineEditorDelegate: Sendable {
  /// What Tab offers; `cursor` counts Unicode scalars.
  func complete(_ text: String, cursor: Int) -> Completion

  /// `cursor` counts Unicode scalars.
  func highlight(_ text: String, cursor: Int) -> [StyledRange]

  /// What would follow `text`, shown dim after it and typed by the right arrow.
  func suggest(_ text: String) -> String?

  /// What has to be typed after `text`, such as the names of arguments; shown dim after it when
  /// nothing is suggested.
  func hint(_ text: String) -> String?

  /// Whether Enter runs the text (true) or opens another line of it.
  func isComplete(_ text: String) -> Bool

  func prompt() -> Prompt
}

extension LineEditorDelegate {
  package func complete(_ text: String, cursor: Int) -> Completion {
    Completion(replacing: cursor..<cursor, candidates: [])
  }

  package func highlight(_ text: String, cursor: Int) -> [StyledRange] { [] }

  package func suggest(_ text: String) -> String? { nil }

  package func hint(_ text: String) -> String? { nil }

  package func isComplete(_ text: String) -> Bool { true }
}
