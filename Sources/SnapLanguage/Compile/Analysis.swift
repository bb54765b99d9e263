/// What is wrong with a text and what its names mean. Unlike a `Program` it can't run, and is there
/// for a text with errors too.
package struct Analysis: Sendable {
  package let script: Script
  /// The errors of the text and of what it uses, by file and place.
  package let diagnostics: [Diagnostic]
  /// The names of the text and of what it uses.
  package let references: [Reference]
  /// The functions that the text can call, by the names that it calls them by.
  package let functions: [String: Signature]
  /// The full names of the libraries that it uses, directly or not.
  package let libraries: Set<String>

  package init(
    _ source: SourceText, commands: CommandLookup, libraries: any LibraryLoader
  ) {
    script = Parser.parse(source)
    let globals = GlobalScope()
    _ = globals.declare("args", type: .list(.string), span: Span(source, 0..<0))
    var compiler = Compiler(
      commands: commands, globals: globals, isPrompt: false, libraries: libraries)
    compiler.references = []
    compiler.begin(script)
    for statement in script.code.statements { _ = compiler.statement(statement) }
    compiler.reportUnused()
    diagnostics = (script.diagnostics + compiler.diagnostics).inOrder
    references = compiler.references ?? []
    functions = compiler.functions.mapValues(\.signature)
    self.libraries = Set(compiler.loaded.functions.keys)
    for function in compiler.functions.values { function.releaseCode() }
    for library in compiler.loaded.functions.values {
      for function in library.values { function.releaseCode() }
    }
  }
}

extension UserFunction {
  /// Lets go of the code, which holds the functions that it calls, often this one among them.
  func releaseCode() {
    chunk = nil
    parameters = []
    callees = []
  }
}
