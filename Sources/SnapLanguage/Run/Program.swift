/// A text that has been parsed, checked and compiled: it can run.
package struct Program {
  package let script: Script
  let statements: [CompiledStatement]
  let scope: GlobalScope

  struct CompiledStatement {
    let run: Execute
    let span: Span
    let sites: MutationSites
    /// The slots that hold nothing for a later line.
    let scratchSlots: [Int]
    /// The script's own variable that it declares, and what the name meant before.
    var declared: (name: String, before: Variable?)?
  }

  /// What is wrong with a text; not empty.
  package struct Rejection: Error {
    package let diagnostics: [Diagnostic]
  }

  /// Parses and checks `source`.
  ///
  /// `scope` has the variables and functions of the lines before and takes up the new ones. A line
  /// of a prompt may declare what only later lines use.
  ///
  /// - Throws: `Rejection` with all errors of the text and of what it uses.
  package init(
    _ source: SourceText, commands: CommandLookup, scope: GlobalScope, isPrompt: Bool,
    libraries: any LibraryLoader
  ) throws(Rejection) {
    let script = Parser.parse(source)
    scope.beginText()
    let saved = (scope.variables, scope.functions)
    var compiler = Compiler(
      commands: commands, globals: scope, isPrompt: isPrompt, libraries: libraries)
    compiler.begin(script)
    var statements: [CompiledStatement] = []
    for statement in script.code.statements {
      compiler.sites = MutationSites()
      var declared: (name: String, before: Variable?)?
      if case .declaration(let declaration) = statement.kind {
        let name = declaration.name.text
        declared = (name, scope.variables[name])
      }
      compiler.scratchSlots = []
      let run = compiler.execution(of: compiler.statement(statement))
      statements.append(
        CompiledStatement(
          run: run, span: statement.span, sites: compiler.sites,
          scratchSlots: compiler.scratchSlots, declared: declared))
    }
    compiler.reportUnused()
    let diagnostics = (script.diagnostics + compiler.diagnostics).inOrder
    guard diagnostics.isEmpty else {
      (scope.variables, scope.functions) = saved
      throw Rejection(diagnostics: diagnostics)
    }
    scope.functions = compiler.functions
    self.script = script
    self.scope = scope
    self.statements = statements
  }

  /// Whether the text looks at `$args`.
  package var usesArguments: Bool {
    script.marks.contains { mark in
      mark.kind == .variable && ["$args", "${args"].contains(script.source.text(mark.range))
    }
  }

  /// The first statement that may change something in the cloud.
  package var firstChange: Span? { statements.first { $0.sites.count > 0 }?.span }

  /// The function `main`, which takes a script's arguments, when it has one.
  package var main: UserFunction? { scope.functions["main"] }
}

extension [Diagnostic] {
  /// By file and place, each once.
  var inOrder: [Diagnostic] {
    var seen: Set<String> = []
    return sorted {
      ($0.span.source.name, $0.span.range.lowerBound, $0.span.range.upperBound)
        < ($1.span.source.name, $1.span.range.lowerBound, $1.span.range.upperBound)
    }.filter { seen.insert("\($0.span.source.name):\($0.span.range):\($0.message)").inserted }
  }
}
