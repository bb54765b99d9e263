/// The check of a line that is being typed at a prompt. It has no effect on the session.
package struct LineCheck: Sendable {
  /// The session's own variables and functions at one time.
  package struct Names: Sendable {
    fileprivate let variables: [String: Variable]
    fileprivate let functions: [String: UserFunction]
    fileprivate let slotCount: Int

    package init(_ scope: GlobalScope) {
      variables = scope.variables
      functions = scope.functions
      slotCount = scope.slotCount
    }

    fileprivate var scope: GlobalScope {
      let scope = GlobalScope()
      scope.variables = variables
      scope.functions = functions
      scope.slotCount = slotCount
      scope.beginText()
      return scope
    }
  }

  /// A longer text would be felt at each key.
  private static let longest = 4096

  private let commands: CommandLookup
  private let names: Names

  package init(commands: CommandLookup, names: Names) {
    self.commands = commands
    self.names = names
  }

  /// The first thing that is wrong whatever follows, in bytes of the text; nil when it is the word
  /// at the cursor, or something that may still be typed there. `cursor` counts bytes.
  package func firstError(in script: Script, cursor: Int) -> Range<Int>? {
    let typed = script.source.bytes
    guard typed.count <= Self.longest else { return nil }
    let end = (typed.lastIndex { !Ascii.isBlank($0) } ?? -1) + 1
    // What stands in a block that is not closed yet is checked all the same.
    let checked = script.isIncomplete ? Self.closed(script) : script
    let bytes = checked.source.bytes
    return diagnostics(checked).first { diagnostic in
      // What is wrong in the text of an alias has no place in the line.
      guard diagnostic.span.source === checked.source else { return false }
      let range = diagnostic.span.range
      // A syntax error's place may be the first character of a word alone.
      let wordEnd = bytes[range.upperBound...].firstIndex { !Self.isInWord($0) } ?? bytes.count
      guard range.lowerBound < end, !(range.lowerBound...wordEnd).contains(cursor)
      else { return false }
      guard diagnostic.isOpen else { return true }
      return !script.isIncomplete
        && (cursor < range.lowerBound
          || bytes[range.upperBound..<cursor].contains(where: Self.separators.contains))
    }?.span.range.clamped(to: 0..<end)
  }

  private static func isInWord(_ byte: UInt8) -> Bool {
    Ascii.isNameStart(byte) || Ascii.isDigit(byte) || byte >= 0x80
  }

  private static let separators = Set(";|\n)}".utf8)

  private static func closed(_ script: Script) -> Script {
    let bytes = script.source.bytes
    let text = script.source.text(0..<bytes.count) + OpenBrackets(bytes).closing
    return Parser.parse(SourceText(name: script.source.name, text: text))
  }

  private func diagnostics(_ script: Script) -> [Diagnostic] {
    // What is wrong with a text that ends too early is that it ends.
    let syntax = script.isIncomplete ? [] : script.diagnostics
    // Libraries are files, which are not read at each key; without them names are unknown.
    let usesLibraries = script.code.statements.contains {
      if case .use = $0.kind { true } else { false }
    }
    guard !usesLibraries else { return syntax }
    var compiler = Compiler(
      commands: commands, globals: names.scope, isPrompt: true, libraries: NoLibraries())
    compiler.begin(script)
    for statement in script.code.statements { _ = compiler.statement(statement) }
    compiler.reportUnused()
    for (name, function) in compiler.functions where names.functions[name] !== function {
      function.releaseCode()
    }
    for library in compiler.loaded.functions.values {
      for function in library.values { function.releaseCode() }
    }
    return (syntax + compiler.diagnostics).inOrder
  }
}

/// Reads no files, where a text is looked at while it is typed.
struct NoLibraries: LibraryLoader {
  func library(_ path: String, from source: SourceText) throws -> SourceText {
    throw Failure(.usage, "'\(path)' is not read while it is typed")
  }
}
