/// The variables of a session or a script, and the running of programs over them.
///
/// It belongs to one thread at a time; the thread may be blocked.
package final class Interpreter {
  package let scope = GlobalScope()
  private let globals: Frame
  private let host: any Host

  package init(host: any Host) {
    precondition(
      ValueTag.isAsExpected, "values lie in memory otherwise than the machine reads them")
    self.host = host
    globals = Frame(count: 0, host: host)
  }

  deinit { globals.dropSpare() }

  /// Declares `$args`, the words after a script's name.
  package func declareArguments(_ words: [String]) {
    let span = Span(SourceText(name: "<arguments>", text: ""), 0..<0)
    let slot = scope.declare("args", type: .list(.string), span: span)
    globals.grow(to: scope.slotCount)
    globals.slots[slot] = .list(words.map(Value.string))
  }

  /// The variables of the top level and what they hold now.
  package var variables: [String: Value] {
    scope.variables.compactMapValues { variable in
      variable.isGlobal && variable.slot < globals.count ? globals.slots[variable.slot] : nil
    }
  }

  /// Runs the statements in turn.
  ///
  /// `around` stands around each statement: it may look at what it would change before it calls
  /// `run`, or not call it at all.
  ///
  /// - Throws: `Failure` or `Cancelled` from the first statement that ends so.
  package func run(
    _ program: Program,
    around: (StatementRun) throws -> Void = { try $0.run() }
  ) throws {
    globals.grow(to: scope.slotCount)
    for (index, statement) in program.statements.enumerated() {
      do { try run(statement, around) } catch {
        forget(program.statements[index...])
        throw error
      }
    }
  }

  /// Variables that no statement has set are unknown to the next line.
  private func forget(_ statements: ArraySlice<Program.CompiledStatement>) {
    for case let (name, before)? in statements.reversed().map(\.declared) {
      scope.variables[name] = before
    }
  }

  private func run(
    _ statement: Program.CompiledStatement, _ around: (StatementRun) throws -> Void
  ) throws {
    try host.cancellation.check()
    defer { globals.clear(statement.scratchSlots) }
    try around(
      StatementRun(
        span: statement.span, mutations: statement.sites.count,
        repeatedMutations: statement.sites.repeated,
        run: { _ = try statement.run(self.globals) },
        preview: { host in
          let copy = self.globals.copy(host: host)
          defer { copy.dropSpare() }
          _ = try statement.run(copy)
        }))
  }

  /// Calls `main` with the script's arguments.
  ///
  /// - Throws: `Failure` of kind usage when they don't fit.
  package func runMain(_ main: UserFunction, words: [String], around: (StatementRun) throws -> Void)
    throws
  {
    let arguments = try CommandLineWords(words).bound(to: main.signature)
    let span = main.declaration.nameSpan
    let globals = self.globals
    func call(_ globals: Frame, _ host: any Host) throws {
      let flow = try main.call(
        arguments, input: nil, globals: globals, host: host, callDepth: 0, at: span)
      try host.show(flow)
    }
    try around(
      StatementRun(
        span: span, mutations: main.sites.count, repeatedMutations: main.sites.repeated,
        run: { try call(globals, self.host) },
        preview: { host in
          let copy = globals.copy(host: host)
          defer { copy.dropSpare() }
          try call(copy, host)
        }))
  }

  /// What the session's function `name` gives for one argument; nil when there is no such function.
  ///
  /// - Throws: `Failure`, or `Cancelled` when `host` is cancelled.
  package func result(
    of name: String, for argument: Value, host: any Host
  ) throws -> Value? {
    guard let function = scope.functions[name] else { return nil }
    let span = function.declaration.nameSpan
    guard function.signature.parameters.count == 1,
      let parameter = function.signature.parameters.first
    else { throw Failure(.usage, "'\(name)' takes one argument here, a record", at: span) }
    var arguments = BoundArguments()
    for flag in function.signature.flags { arguments.flags[flag.name] = flag.defaultValue }
    arguments.values[parameter.name] = argument
    return try function.call(
      arguments, input: nil, globals: globals, host: host, callDepth: 0, at: span
    ).collect()
  }
}

/// One statement that is about to run.
package struct StatementRun {
  package let span: Span
  /// The mutating commands in it.
  package let mutations: Int
  /// Those that may run more than once, or that stand in functions and blocks.
  package let repeatedMutations: Int
  package let run: () throws -> Void
  /// Runs it on copies of the variables with another host.
  package let preview: (any Host) throws -> Void
}
