/// Tree to running code: resolves names to slots, binds arguments to parameters, checks what can be
/// known, and gives closures. It notes every error; when there is one, nothing may run.
struct Compiler {
  let commands: CommandLookup
  let globals: GlobalScope
  /// A file's unused variables are errors; a prompt's may be used by a later line.
  let isPrompt: Bool
  var diagnostics: [Diagnostic] = []
  var scopes: Scopes
  /// The functions of the file, by name; for a library that is used `as` a name, with its prefix.
  var functions: [String: UserFunction] = [:]
  var loopDepth = 0
  var parallelDepth = 0
  /// Nil outside functions.
  var function: FunctionContext?
  var usedVariables: Set<Int?> = []
  var declaredVariables: [Name] = []
  var globalUses = GlobalUses()
  /// The slots of the script's frame that hold no variables of it.
  var scratchSlots: [Int] = []
  var sites = MutationSites()
  /// The columns of the rows that `where` looks at, when they are known.
  var rowColumns: [String]?
  /// Their types, as far as they are known; a column may be null all the same.
  var rowTypes: [String: ValueType] = [:]
  let libraries: any LibraryLoader
  /// Names that stand in statements that could not be read.
  var unsureNames: Set<String> = []
  /// Unknown variables, by the number of their diagnostic.
  var unknownNames: [(name: Name, diagnostic: Int)] = []
  var loading: [String] = []
  var loaded: LoadedLibraries
  /// What the names mean; nil when nobody asks.
  var references: [Reference]?

  init(
    commands: CommandLookup, globals: GlobalScope, isPrompt: Bool, libraries: any LibraryLoader,
    loaded: LoadedLibraries = LoadedLibraries()
  ) {
    self.loaded = loaded
    self.commands = commands
    self.globals = globals
    self.isPrompt = isPrompt
    self.libraries = libraries
    scopes = Scopes(isTopLevel: true)
    functions = globals.functions
  }

  struct FunctionContext {
    let function: UserFunction
    /// A block in a function is called by a command and has no `return`.
    var isInBlock = false
    var returns: ValueType?
  }

  /// Takes up what a text uses and declares, before any of its code is compiled.
  mutating func begin(_ script: Script) {
    unsureNames = script.unsureNames
    loading = [script.source.name]
    loadLibraries(script.code)
    declareFunctions(script.code)
  }

  mutating func report(
    _ message: String, at span: Span, help: String? = nil, isOpen: Bool = false
  ) {
    diagnostics.append(Diagnostic(message, at: span, help: help, isOpen: isOpen))
  }

  mutating func report(_ failure: Failure, at span: Span) {
    report(failure.message, at: failure.span ?? span, help: failure.help)
  }
}

/// Where a statement changes something in the cloud, so that the shell can ask once for all of it.
struct MutationSites {
  /// Mutating commands that were met.
  var count = 0
  /// Those in loops, blocks or functions, which may run more than once.
  var repeated = 0
}

/// The commands that a script can call, as the program around the language offers them.
package struct CommandLookup: Sendable {
  package let named: @Sendable (String) -> (any Callable)?
  package let names: @Sendable () -> [String]
  /// What a name stands for at a prompt; a library knows none.
  let alias: @Sendable (String) -> Alias?
  /// Where a flag, given without its dashes, belongs that a command doesn't have; nil: nowhere.
  let placeOfFlag: @Sendable (String) -> String?
  /// What is asked for after the commands and the functions of the text.
  let installed: any InstalledCommands

  package init(
    named: @escaping @Sendable (String) -> (any Callable)?,
    names: @escaping @Sendable () -> [String],
    alias: @escaping @Sendable (String) -> Alias? = { _ in nil },
    placeOfFlag: @escaping @Sendable (String) -> String? = { _ in nil },
    installed: (any InstalledCommands)? = nil
  ) {
    self.installed = installed ?? NoInstalledCommands()
    self.named = named
    self.names = names
    self.alias = alias
    self.placeOfFlag = placeOfFlag
  }

  /// The same with another way to find the commands.
  package func replacing(_ named: @escaping @Sendable (String) -> (any Callable)?) -> CommandLookup
  {
    CommandLookup(
      named: named, names: names, alias: alias, placeOfFlag: placeOfFlag, installed: installed)
  }

  var withoutAliases: CommandLookup {
    CommandLookup(
      named: named, names: names, placeOfFlag: placeOfFlag, installed: installed)
  }
}

/// Finds the files that scripts `use`.
package protocol LibraryLoader: Sendable {
  /// The text of the library at `path`, as the script `from` writes it, and its full name.
  ///
  /// - Throws: `Failure` when it can't be read.
  func library(_ path: String, from source: SourceText) throws -> SourceText
}

/// An expression that has been checked, with what is known about it.
struct Compiled {
  var node: Node
  /// Nil when it is known only while running.
  var type: ValueType?
  /// The value when it is the same always.
  var constant: Value?
  /// The items of a list that is written out.
  var items: [(Compiled, Span)]?

  static func constant(_ value: Value) -> Compiled {
    Compiled(node: .constant(value), type: value.knownType, constant: value)
  }

  /// In place of what could not be compiled; it never runs.
  static var invalid: Compiled { Compiled(node: .constant(.null)) }
}

extension Value {
  /// The type as far as a constant tells; nil for null, lists and records.
  var knownType: ValueType? {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .string: .string
    case .size: .size
    case .duration: .duration
    case .datetime: .datetime
    case .null, .list, .record, .block: nil
    }
  }
}
