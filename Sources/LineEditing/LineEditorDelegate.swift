/// What the editor asks about the text. Called on the editor's thread, between two keys: an answer
/// must not block.
package protocol LineEditorDelegate: Sendable {
  /// What Tab offers; `cursor` counts Unicode scalars.
  func complete(_ text: String, cursor: Int) -> Completion

  func highlight(_ text: String) -> [StyledRange]

  /// What would follow `text`, shown dim after it; nil for the editor's own guess from the history.
  func suggest(_ text: String) -> String?

  /// Whether Enter runs the text (true) or opens another line of it.
  func isComplete(_ text: String) -> Bool

  func prompt() -> Prompt
}

extension LineEditorDelegate {
  package func complete(_ text: String, cursor: Int) -> Completion {
    Completion(replacing: cursor..<cursor, candidates: [])
  }

  package func highlight(_ text: String) -> [StyledRange] { [] }

  package func suggest(_ text: String) -> String? { nil }

  package func isComplete(_ text: String) -> Bool { true }
}
