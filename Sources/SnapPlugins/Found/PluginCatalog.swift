import Glibc
import SnapCommands
package import SnapLanguage
import Synchronization

/// All plugins of the plugin folder and the PATH.
///
/// They are looked for at the first question, so that a start costs nothing, and again when a folder or
/// a plugin's file has another time.
package final class PluginCatalog: Sendable {
  package let folder: String
  private let searchPath: [String]
  private let state = Mutex<State?>(nil)

  private struct State {
    var plugins: [Plugin]
    var shadowed: [Plugin]
    var approvals: Approvals
    var stamps: [String: Stamp]
  }

  /// When a file was changed, and how long it is.
  private struct Stamp: Equatable {
    var seconds = 0
    var nanoseconds = 0
    var size = 0

    init(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return }
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
      size = Int(status.st_size)
    }
  }

  /// - Parameters:
  ///   - folder: where plugins are installed; it need not be there.
  ///   - searchPath: the value of `PATH`.
  package init(folder: String, searchPath: String) {
    self.folder = folder
    self.searchPath = searchPath.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
  }

  /// By name, those that are meant by it.
  package var plugins: [Plugin] { current { $0.plugins } }

  /// Those that others of the same name stand before.
  package var shadowed: [Plugin] { current { $0.shadowed } }

  package var approvals: Approvals { current { $0.approvals } }

  package func plugin(_ name: String) -> Plugin? {
    current { $0.plugins.first { $0.name == name } }
  }

  private func current<Result>(_ read: (State) -> Result) -> Result {
    state.withLock { state in
      if let known = state, known.stamps.allSatisfy({ Stamp($0.key) == $0.value }) {
        return read(known)
      }
      let found = find()
      state = found
      return read(found)
    }
  }

  private func find() -> State {
    var watched = [folder, "\(folder)/\(Approvals.fileName)"] + searchPath
    var found: [Plugin] = []
    for entry in Listing.names(in: folder).sorted() {
      guard let plugin = PluginFile.read(entry, in: folder) else { continue }
      found.append(plugin)
      watched.append(plugin.path)
      if plugin.kind == .protocol { watched.append("\(plugin.path)/plugin.json") }
    }
    for folder in searchPath {
      for entry in Listing.names(in: folder).sorted() where entry.hasPrefix(PluginFile.prefix) {
        guard let plugin = PluginFile.program(entry, in: folder, isInstalled: false) else {
          continue
        }
        found.append(plugin)
      }
    }
    let stamps = Dictionary(watched.map { ($0, Stamp($0)) }) { first, _ in first }
    var meant: [String: Plugin] = [:]
    var shadowed: [Plugin] = []
    for plugin in found {
      if meant[plugin.name] == nil {
        meant[plugin.name] = plugin
      } else if meant[plugin.name]?.path != plugin.path {
        shadowed.append(plugin)
      }
    }
    return State(
      plugins: meant.values.sorted { $0.name < $1.name }, shadowed: shadowed,
      approvals: Approvals(folder: folder), stamps: stamps)
  }
}

extension PluginCatalog {
  package enum Standing: Sendable, Equatable {
    case enabled
    /// On the PATH, where whoever may write decides what runs.
    case onPath
    case disabled
    /// Nobody has agreed to it yet.
    case new
    /// It is not what was agreed to.
    case changed
    case broken

    package var word: String {
      switch self {
      case .enabled: "enabled"
      case .onPath: "on the PATH"
      case .disabled: "disabled"
      case .new: "not approved"
      case .changed: "changed"
      case .broken: "broken"
      }
    }
  }

  /// Reads the whole plugin.
  package func standing(of plugin: Plugin) -> Standing {
    if plugin.problem != nil { return .broken }
    if approvals[plugin.name]?.isEnabled == false { return .disabled }
    guard plugin.isInstalled else { return .onPath }
    guard let entry = approvals[plugin.name] else { return .new }
    // What can't be read is not what was agreed to.
    return (try? Fingerprint.of(plugin.path)) == entry.fingerprint ? .enabled : .changed
  }

  /// - Throws: `Failure` when the plugin must not run now, with what to do.
  package func checkMayRun(_ plugin: Plugin) throws {
    switch standing(of: plugin) {
    case .enabled, .onPath: return
    case .broken:
      throw plugin.problem ?? Failure(.plugin, "the plugin '\(plugin.name)' is broken")
    case .disabled:
      throw Failure(
        .denied, "the plugin '\(plugin.name)' is disabled",
        help: "'plugin enable \(plugin.name)' enables it")
    case .new:
      throw Failure(
        .denied, "nobody has agreed to the plugin '\(plugin.name)' yet, so it is not run",
        help: "'plugin enable \(plugin.name)' shows what it may do, and asks")
    case .changed:
      throw Failure(
        .denied, "the plugin '\(plugin.name)' is not what was agreed to any more, so it is not run",
        help: "'plugin enable \(plugin.name)' shows what it may do, and asks again")
    }
  }

  /// All commands of all plugins that are not disabled.
  package var signatures: [Signature] { usable.flatMap(\.signatures) }

  /// Those that are not disabled; whether they may run is found out when they are to.
  package var usable: [Plugin] {
    let approvals = approvals
    return plugins.filter { approvals[$0.name]?.isEnabled != false }
  }
}
