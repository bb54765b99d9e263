import SnapLanguage
import Synchronization

/// What commands ask of the prompt and what stays there from line to line.
final class PromptState: Sendable {
  private let state = Mutex(State())

  private struct State {
    var aliases: [String: Alias] = [:]
    /// The files that `source` named and that were not run yet.
    var sources: [String] = []
    var nextSettings: Settings?
    var isStarting = false
    var signatureOf: @Sendable (String) -> Signature? = { _ in nil }
  }

  /// By name.
  var aliases: [Alias] { state.withLock { $0.aliases.values.sorted { $0.name < $1.name } } }

  var alias: @Sendable (String) -> Alias? { { name in self.state.withLock { $0.aliases[name] } } }

  /// Says where the declarations of commands and functions are found.
  func know(_ signatureOf: @escaping @Sendable (String) -> Signature?) {
    state.withLock { $0.signatureOf = signatureOf }
  }

  func signature(of name: String) -> Signature? { state.withLock(\.signatureOf)(name) }

  func add(_ alias: Alias) { state.withLock { $0.aliases[alias.name] = alias } }

  /// Whether there was one.
  func removeAlias(_ name: String) -> Bool {
    state.withLock { $0.aliases.removeValue(forKey: name) != nil }
  }

  /// The file runs when the statement that asks for it has ended.
  func source(_ path: String) { state.withLock { $0.sources.append(path) } }

  func takeSource() -> String? {
    state.withLock { $0.sources.isEmpty ? nil : $0.sources.removeFirst() }
  }

  func forgetSources() { state.withLock { $0.sources = [] } }

  /// Whether the file that runs at every start is running.
  var isStarting: Bool {
    get { state.withLock(\.isStarting) }
    set { state.withLock { $0.isStarting = newValue } }
  }

  /// The session ends, and another begins with these settings.
  func goOn(with settings: Settings) { state.withLock { $0.nextSettings = settings } }

  var nextSettings: Settings? { state.withLock(\.nextSettings) }
}
