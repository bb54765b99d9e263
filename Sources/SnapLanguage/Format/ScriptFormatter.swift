/// Writes scripts in the one form that `snapsh fmt` gives them.
///
/// Words, numbers and strings keep their text, and the user's parentheses, comments and choices of
/// several lines stay. Formatted text parses to the same tree and is left as it is.
package enum ScriptFormatter {
  /// - Throws: `Program.Rejection` when the text doesn't parse.
  package static func format(_ source: SourceText) throws(Program.Rejection) -> String {
    let script = Parser.parse(source)
    guard script.diagnostics.isEmpty else {
      throw Program.Rejection(diagnostics: script.diagnostics)
    }
    var builder = LayoutBuilder(source)
    return LayoutWriter.text(of: builder.script(script.code))
  }
}
