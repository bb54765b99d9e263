import Synchronization

/// A command: a built-in, a function of a script, or a plugin's; the language knows no difference.
package protocol Callable: Sendable {
  var signature: Signature { get }

  /// Runs on the interpreter's thread, which it may block.
  ///
  /// - Throws: `Failure`, or `Cancelled`.
  func run(_ call: Call) throws -> Outcome
}

/// Commands that somebody has installed beside the program's own, which they never stand in for.
package protocol InstalledCommands: Sendable {
  func command(_ name: String) -> (any Callable)?
  /// The file of functions that are called as `name.function`; nil when there is none.
  ///
  /// - Throws: `Failure` when it may not be used, or can't be read.
  func library(_ name: String) throws -> SourceText?
  /// Of the commands and the functions.
  func names() -> [String]
}

/// None at all.
struct NoInstalledCommands: InstalledCommands {
  func command(_ name: String) -> (any Callable)? { nil }
  func library(_ name: String) -> SourceText? { nil }
  func names() -> [String] { [] }
}

/// What a command gives back.
package enum Outcome {
  case nothing
  case value(Value)
  case rows(RowStream)
  /// Work for the executor; only commands that declare themselves mutating give any.
  case effects(any Effects)
}

/// One call of a command: its arguments, bound and converted by the signature.
package struct Call {
  package let signature: Signature
  /// By parameter name; a rest parameter is a list. What was not given and has no default is absent.
  package let values: [String: Value]
  /// By flag name; a switch that was given is true.
  package let flags: [String: Value]
  /// Nil when nothing is piped into the command.
  package let input: Flow?
  /// Whether the result goes to whoever reads stdout, and nowhere else.
  package let isShown: Bool
  /// What a command runs that runs another one.
  package let code: GivenCode?
  /// The command with its arguments.
  package let span: Span
  package let host: any Host

  package init(
    signature: Signature, values: [String: Value], flags: [String: Value], input: Flow?,
    isShown: Bool = false, code: GivenCode? = nil, span: Span, host: any Host
  ) {
    self.code = code
    self.signature = signature
    self.values = values
    self.flags = flags
    self.input = input
    self.isShown = isShown
    self.span = span
    self.host = host
  }

  package subscript(name: String) -> Value? { values[name] }
  package func flag(_ name: String) -> Value? { flags[name] }
  package func isSet(_ flag: String) -> Bool { flags[flag]?.boolValue == true }
  /// The rows that are piped in; none when nothing is.
  package var rows: RowStream { input?.rowStream ?? RowStream([]) }
}

/// Code that stands as the arguments of a command, such as `ls` in `watch ls`.
package struct GivenCode {
  /// As it was written.
  package let text: String
  /// Runs it over copies of the variables, and gives its result, read to its end.
  ///
  /// - Throws: `Failure` or `Cancelled`.
  package let run: (any Host) throws -> Flow
}

/// What mutating commands return in place of changing anything: work for the executor.
package protocol Effects: Sendable {}

/// What the interpreter needs from the program around it.
package protocol Host: AnyObject, Sendable {
  var cancellation: Cancellation { get }
  /// Shows the result of a statement to the person or the program that reads stdout.
  func show(_ flow: Flow) throws
  /// Gives a mutating command's effects to the executor and returns the results.
  func perform(_ effects: any Effects, at span: Span) throws -> Flow
  /// Tells of a failure that a loop with `--keep-going` goes on after.
  func note(_ failure: Failure)
  /// Whether code runs only to find out what it would change: commands that do something on this
  /// machine are left out then, and `perform` sends nothing.
  var isPreviewing: Bool { get }
  /// Whether something on this machine is left out, as in a dry run; the person is told what.
  func leavesOut(_ what: String) -> Bool
  /// A variable of the environment, for `env`.
  func environment(_ name: String) -> String?
  /// The row of a slice or a snapshot that is given by an id or a name, for code that asks for its
  /// fields.
  ///
  /// - Throws: `Failure` when there is none.
  func resolved(_ value: Value, as type: ValueType) throws -> Value
}

extension Host {
  package func leavesOut(_ what: String) -> Bool { false }

  /// What the value is already: its fields can't be asked for.
  package func resolved(_ value: Value, as type: ValueType) throws -> Value { value }
}

/// A wish to stop that stays: loops and waits look at it.
package final class Cancellation: @unchecked Sendable {
  /// The wish, for loops that look at it at every turn; it lives as long as this object.
  let flag: UnsafePointer<Atomic<Bool>>
  private let ownFlag: UnsafeMutablePointer<Atomic<Bool>>
  private let state = Mutex<State>(State())

  private struct State {
    var handlers: [Int: @Sendable () -> Void] = [:]
    var next = 0
  }

  package init() {
    ownFlag = .allocate(capacity: 1)
    ownFlag.initialize(to: Atomic(false))
    flag = UnsafePointer(ownFlag)
  }

  deinit {
    ownFlag.deinitialize(count: 1)
    ownFlag.deallocate()
  }

  package var isCancelled: Bool { flag.pointee.load(ordering: .acquiring) }

  package func check() throws { if isCancelled { throw Cancelled() } }

  package func cancel() {
    let handlers = state.withLock { state in
      flag.pointee.store(true, ordering: .releasing)
      return Array(state.handlers.values)
    }
    for handler in handlers { handler() }
  }

  /// Forgets the wish, before the next line of a prompt.
  package func reset() { flag.pointee.store(false, ordering: .releasing) }

  /// Runs `body`; `handler` is called at once when the wish comes (or has come) meanwhile.
  package func withHandler<Result>(
    _ handler: @escaping @Sendable () -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    let (id, isCancelled) = state.withLock { state in
      state.next += 1
      state.handlers[state.next] = handler
      return (state.next, flag.pointee.load(ordering: .acquiring))
    }
    if isCancelled { handler() }
    defer { state.withLock { _ = $0.handlers.removeValue(forKey: id) } }
    return try body()
  }
}
