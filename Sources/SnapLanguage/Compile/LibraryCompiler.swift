extension Signature {
  /// The functions that a file of functions declares, as far as it can be read.
  package static func declared(in source: SourceText) -> [Signature] {
    var compiler = Compiler(
      commands: CommandLookup(named: { _ in nil }, names: { [] }), globals: GlobalScope(),
      isPrompt: false, libraries: NoLibraries())
    let script = Parser.parse(source)
    compiler.declareFunctions(script.code)
    return compiler.functions.values.map(\.signature).sorted { $0.name < $1.name }
  }
}

/// The libraries that one text uses, each compiled once.
final class LoadedLibraries {
  /// By full name.
  var functions: [String: [String: UserFunction]] = [:]
}

extension Compiler {
  /// Brings the functions of the libraries that the file uses into reach.
  mutating func loadLibraries(_ code: Code) {
    for statement in code.statements {
      guard case .use(let use) = statement.kind else { continue }
      guard let library = load(use) else { continue }
      for (name, function) in library.sorted(by: { $0.key < $1.key }) {
        let visible = use.name.map { "\($0).\(name)" } ?? name
        if let known = functions[visible], known !== function, globals.functions[visible] !== known
        {
          report("'\(visible)' is declared twice", at: use.pathSpan, help: "use … as another name")
        }
        functions[visible] = function
      }
    }
  }

  /// The functions of a library; nil when it can't be had, which has been reported.
  private mutating func load(_ use: Use) -> [String: UserFunction]? {
    let source: SourceText
    do {
      source = try libraries.library(use.path, from: use.pathSpan.source)
    } catch {
      report(Failure(evaluating: error), at: use.pathSpan)
      return nil
    }
    noteReference(use.pathSpan, .library, declaredAt: Span(source, 0..<0))
    return load(source, as: use.name, writtenAs: use.path, at: use.pathSpan)
  }

  /// The function that a word with a dot names in a file that is installed; nil when there is none.
  mutating func installedFunction(_ command: Command) -> UserFunction? {
    guard let dot = command.name.firstIndex(of: ".") else { return nil }
    let library = String(command.name[..<dot])
    do {
      guard let source = try commands.installed.library(library) else { return nil }
      return load(source, as: library, writtenAs: library, at: command.nameSpan)?[
        String(command.name[command.name.index(after: dot)...])]
    } catch {
      report(Failure(evaluating: error), at: command.nameSpan)
      unsureNames.insert(command.name)
      return nil
    }
  }

  private mutating func load(
    _ source: SourceText, as name: String?, writtenAs path: String, at span: Span
  ) -> [String: UserFunction]? {
    guard !loading.contains(source.name) else {
      report(
        "'\(path)' uses itself", at: span,
        help: (loading + [source.name]).joined(separator: " → "))
      return nil
    }
    if let known = loaded.functions[source.name] { return known }
    let script = Parser.parse(source)
    diagnostics += script.diagnostics
    unsureNames.formUnion(
      script.unsureNames.map { library in name.map { "\($0).\(library)" } ?? library })
    var compiler = Compiler(
      commands: commands.withoutAliases, globals: GlobalScope(), isPrompt: false,
      libraries: libraries,
      loaded: loaded)
    compiler.unsureNames = script.unsureNames
    compiler.loading = loading + [source.name]
    compiler.references = references.map { _ in [] }
    compiler.library(script.code)
    diagnostics += compiler.diagnostics
    references? += compiler.references ?? []
    let declared = compiler.functions.filter { !$0.key.contains(".") }
    loaded.functions[source.name] = declared
    return declared
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
        report(
          "a library holds functions alone", at: statement.span, help: "put it into a function")
      }
    }
    reportUnused()
  }

  /// Says of unknown variables that they are set further down, where they are.
  private mutating func explainUnknownNames() {
    for (name, diagnostic) in unknownNames {
      let isLater = declaredVariables.contains {
        $0.text == name.text && $0.span.range.lowerBound > name.span.range.lowerBound
      }
      guard isLater else { continue }
      unsureNames.insert(name.text)
      diagnostics[diagnostic] = Diagnostic(
        "'$\(name.text)' is set further down", at: name.span,
        help: "a variable is known from its line on, in its block")
    }
  }

  mutating func reportUnused() {
    explainUnknownNames()
    for name in declaredVariables
    where !usedVariables.contains(name.id) && !unsureNames.contains(name.text) {
      report(
        "'$\(name.text)' is never used", at: name.span,
        help: "remove it, or call it '_\(name.text)'", isOpen: true)
    }
    checkGlobalUses()
  }
}
