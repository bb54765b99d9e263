import CEditline

/// A command that the editor adds to libedit's own; editrc(5) can bind it by its name.
struct EditorCommand {
  /// What libedit does after a command (histedit.h, `CC_…`).
  enum Outcome: UInt8 {
    case normal = 0
    case accept = 1
    case end = 2
    case refresh = 4
    case beep = 6
  }

  let name: String
  let function: ced_command

  /// A C function carries no context, so each command is a closure that finds the engine in libedit's
  /// client data.
  static let all: [EditorCommand] = [
    EditorCommand(name: "snapsh-accept-line") { el, _ in run(el) { $0.acceptLine() } },
    EditorCommand(name: "snapsh-interrupt") { el, _ in run(el) { $0.interrupt() } },
    EditorCommand(name: "snapsh-delete-or-end") { el, _ in run(el) { $0.deleteOrEnd() } },
    EditorCommand(name: "snapsh-complete") { el, _ in run(el) { $0.complete() } },
    EditorCommand(name: "snapsh-paste") { el, _ in run(el) { $0.paste() } },
    EditorCommand(name: "snapsh-undo") { el, _ in run(el) { $0.undoChange() } },
    EditorCommand(name: "snapsh-clear-screen") { el, _ in run(el) { $0.clearScreen() } },
    EditorCommand(name: "snapsh-search-history") { el, _ in run(el) { $0.searchHistory() } },
    EditorCommand(name: "snapsh-previous-history") { el, _ in run(el) { $0.walkHistory(1) } },
    EditorCommand(name: "snapsh-next-history") { el, _ in run(el) { $0.walkHistory(-1) } },
    EditorCommand(name: "snapsh-up") { el, _ in run(el) { $0.up() } },
    EditorCommand(name: "snapsh-down") { el, _ in run(el) { $0.down() } },
    EditorCommand(name: "snapsh-vi-up") { el, _ in run(el) { $0.up(byPrefix: false) } },
    EditorCommand(name: "snapsh-vi-down") { el, _ in run(el) { $0.down(byPrefix: false) } },
    EditorCommand(name: "snapsh-forward-char") { el, _ in run(el) { $0.forward() } },
    EditorCommand(name: "snapsh-forward-word") { el, _ in run(el) { $0.forwardWord() } },
    EditorCommand(name: "snapsh-backward-char") { el, _ in run(el) { $0.backward() } },
    EditorCommand(name: "snapsh-line-start") { el, _ in run(el) { $0.lineStart() } },
    EditorCommand(name: "snapsh-line-end") { el, _ in run(el) { $0.lineEnd() } },
    EditorCommand(name: "snapsh-delete-char") { el, _ in run(el) { $0.deleteNext() } },
    EditorCommand(name: "snapsh-delete-previous-char") { el, _ in
      run(el) { $0.deletePrevious() }
    },
    EditorCommand(name: "snapsh-edit-externally") { el, _ in run(el) { $0.editExternally() } },
    EditorCommand(name: "snapsh-nothing") { _, _ in Outcome.normal.rawValue },
  ]

  private static func run(_ editLine: OpaquePointer?, _ body: (EditorEngine) -> Outcome) -> UInt8 {
    guard let engine = EditorEngine.of(editLine) else { return Outcome.end.rawValue }
    return body(engine).rawValue
  }
}
