import LineEditing
import SnapCommands
import SnapLanguage
import SnapOutput
import Synchronization

/// The prompt that a function `prompt` of the session makes; it is called before each line.
final class OwnPrompt: Sendable {
  private let profile: String
  private let isProduction: Bool
  private let endpoint: String
  private let state = Mutex(State())

  private struct State {
    var text: String?
    /// Whether a fault of the function was told; once is enough.
    var hasFailed = false
    var code: Int32 = 0
    var took: Duration = .zero
  }

  /// How long a prompt may be waited for.
  private static let patience: Duration = .milliseconds(200)

  init(_ settings: Settings) {
    profile = settings.profile
    isProduction = settings.isProduction
    endpoint =
      switch settings.cloud {
      case .local: Settings.localName
      case .remote(let endpoint, _): endpoint
      case .unusable: settings.values[.endpoint] ?? Settings.defaultEndpoint
      }
  }

  /// The text for the next line; nil for the usual one.
  var text: String? { state.withLock(\.text) }

  func note(code: Int32, took: Duration) {
    state.withLock { ($0.code, $0.took) = (code, took) }
  }

  /// Calls the function, if there is one.
  func refresh(_ runner: ScriptRunner, _ console: Console) async {
    guard runner.hasFunction("prompt") else {
      state.withLock { ($0.text, $0.hasFailed) = (nil, false) }
      return
    }
    let (host, record) = (PromptHost(runner.session), self.record)
    let timer = Task {
      // Cancelled when the function is done.
      try? await Task.sleep(for: Self.patience)
      host.cancellation.cancel()
    }
    let result = await InterpreterThread.run {
      Result { try Self.text(of: try runner.result(of: "prompt", for: record, host: host)) }
    }
    timer.cancel()
    await timer.value
    switch result {
    case .success(let text): state.withLock { ($0.text, $0.hasFailed) = (text, false) }
    case .failure(let error):
      let isFirst = state.withLock { state in
        defer { (state.text, state.hasFailed) = (nil, true) }
        return !state.hasFailed
      }
      if isFirst { console.report(Self.failure(error)) }
    }
  }

  private var record: Value {
    let (code, took) = state.withLock { ($0.code, $0.took) }
    let microseconds =
      Int(took.components.seconds) * 1_000_000
      + Int(took.components.attoseconds / 1_000_000_000_000)
    return .record(
      Record([
        ("profile", .string(profile)), ("endpoint", .string(endpoint)),
        ("production", .bool(isProduction)), ("code", .int(Int(code))),
        ("duration", .duration(microseconds)),
      ]))
  }

  private static func text(of value: Value?) throws -> String? {
    guard let value else { return nil }
    guard case .string(let text) = value else {
      throw Failure(.usage, "'prompt' must give a text, not \(value.kindName)")
    }
    return TerminalText.escaped(text, keepsLines: true)
  }

  private static func failure(_ error: any Error) -> Failure {
    var failure =
      (error as? Failure)
      ?? Failure(.timeout, "'prompt' took longer than 200 ms, or was interrupted")
    failure.help = failure.help ?? "the usual prompt stands until 'prompt' works"
    return failure
  }
}

/// What `prompt` sees of the program: it may look, and show or change nothing.
private final class PromptHost: Host {
  private let session: Session
  let cancellation = Cancellation()

  init(_ session: Session) { self.session = session }

  var isPreviewing: Bool { false }
  func show(_ flow: Flow) throws {}
  func note(_ failure: Failure) {}
  func environment(_ name: String) -> String? { session.environment(name) }

  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    throw Failure(.denied, "'prompt' can't change anything in the cloud", at: span)
  }

  func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try session.cloud.row(for: value, as: type, host: self)
  }
}
