extension Compiler {
  /// Brings the functions of the libraries that the file uses into reach.
  mutating func loadLibraries(_ code: Code) {
    for statement in code.statements {
      guard case .use(let use) = statement.kind else { continue }
      load(use)
    }
  }

  private mutating func load(_ use: Use) {
    let source: SourceText
    do {
      source = try libraries.library(use.path, from: use.pathSpan.source)
    } catch {
      report((error as? Failure) ?? Failure(.usage, "\(error)"), at: use.pathSpan)
      return
    }
    guard !loading.contains(source.name) else {
      report("'\(use.path)' uses itself", at: use.pathSpan,
        help: (loading + [source.name]).joined(separator: " → "))
      return
    }
    let script = Parser.parse(source)
    diagnostics += script.diagnostics
    var compiler = Compiler(
      commands: commands, globals: GlobalScope(), isPrompt: false, libraries: libraries)
    compiler.loading = loading + [source.name]
    compiler.library(script.code)
    diagnostics += compiler.diagnostics
    for (name, function) in compiler.functions where !name.contains(".") {
      let visible = use.name.map { "\($0).\(name)" } ?? name
      if functions[visible] != nil {
        report("'\(visible)' is declared twice", at: use.pathSpan, help: "use … as another name")
      }
      functions[visible] = function
    }
  }

  /// A file that is used: functions alone.
  private mutating func library(_ code: Code) {
    loadLibraries(code)
    declareFunctions(code)
    for statement in code.statements {
      switch statement.kind {
      case .function(let declaration): functionBody(declaration)
      case .use: continue
      default:
        report("a library holds functions alone", at: statement.span, help: "put it into a function")
      }
    }
    reportUnused()
  }

  mutating func reportUnused() {
    for (name, span) in declaredVariables
    where !usedVariables.contains(span.range.lowerBound) {
      report("'$\(name)' is never used", at: span, help: "remove it, or call it '_\(name)'")
    }
  }
}
