import Glibc
import SnapCommands
import SnapLanguage
import SnapPlugins

/// Installs plugins into the plugin folder and takes them away.
struct PluginStore {
  let processes: PluginProcesses
  let console: Console
  let host: any Host

  private var catalog: PluginCatalog { processes.catalog }

  /// The plugin that a file or a folder is.
  ///
  /// - Throws: `Failure` when it is none, or is broken.
  static func plugin(at path: String) throws -> Plugin {
    guard let resolved = realpath(path, nil) else {
      throw Failure(
        .notfound, "can't read '\(path)': \(String(cString: strerror(errno)))",
        exitCode: ExitCode.usage)
    }
    defer { free(resolved) }
    let full = String(cString: resolved)
    let slash = full.lastIndex(of: "/") ?? full.startIndex
    let (folder, name) = (String(full[..<slash]), String(full[full.index(after: slash)...]))
    guard let plugin = PluginFile.read(name, in: folder) else {
      throw Failure(
        .usage, "'\(path)' is no plugin",
        help: "one is NAME.snap, a program snapsh-NAME, or a folder with a plugin.json",
        exitCode: ExitCode.usage)
    }
    if let problem = plugin.problem { throw problem }
    return plugin
  }

  func add(_ path: String, at span: Span) throws {
    let plugin = try Self.plugin(at: path)
    try check(plugin)
    let fingerprint = try agree(to: plugin, "install it?", at: span)
    Folders.create(catalog.folder)
    let target = "\(catalog.folder)/\(plugin.fileName)"
    let temporary = "\(catalog.folder)/.new-\(plugin.name)-\(getpid())"
    defer { PluginFile.delete(temporary) }
    for file in try Fingerprint.files(below: plugin.path) {
      try Self.copy(
        file.name.isEmpty ? plugin.path : "\(plugin.path)/\(file.name)",
        to: file.name.isEmpty ? temporary : "\(temporary)/\(file.name)")
    }
    guard try Fingerprint.of(temporary) == fingerprint else {
      throw Failure(.conflict, "'\(path)' has changed meanwhile; it was not installed")
    }
    let replaced = catalog.plugin(plugin.name).flatMap { $0.isInstalled ? $0 : nil }
    if let replaced { PluginFile.delete(replaced.path) }
    guard rename(temporary, target) == 0 else {
      throw Failure(.unknown, "can't write '\(target)': \(String(cString: strerror(errno)))")
    }
    try approve(plugin.name, fingerprint)
    let old = replaced.map { " in place of \($0.version ?? "what was there")" } ?? ""
    let names = plugin.signatures.map(\.name)
    console.note(
      "installed \(plugin.name)\(old)"
        + (names.isEmpty ? "" : "; its commands: \(names.joined(separator: ", "))"))
  }

  /// A script's errors are to be seen now, and not when it is needed.
  private func check(_ plugin: Plugin) throws {
    guard plugin.kind == .script else { return }
    let path = plugin.path
    let answer = try host.wait { try await HelperProgram("/proc/self/exe").run(["check", path]) }
    guard answer.isSuccess else {
      console.line(String(answer.errors.dropLast(answer.errors.hasSuffix("\n") ? 1 : 0)))
      throw Failure(
        .usage, "'\(path)' has errors, so it is not installed", exitCode: ExitCode.usage)
    }
  }

  /// Shows what a plugin may do and asks; gives its fingerprint.
  private func agree(to plugin: Plugin, _ question: String, at span: Span) throws -> String {
    let fingerprint = try Fingerprint.of(plugin.path)
    for line in PluginCard.lines(plugin, fingerprint: fingerprint) { console.line(line) }
    let answer = try host.perform(ConfirmRequest(text: question), at: span).collect()
    guard answer.boolValue == true else {
      throw Failure(.denied, "declined; nothing was changed", exitCode: ExitCode.declined)
    }
    return fingerprint
  }

  private func approve(_ name: String, _ fingerprint: String) throws {
    var approvals = catalog.approvals
    approvals[name] = Approvals.Entry(fingerprint: fingerprint, isEnabled: true)
    try approvals.write()
    processes.end(name)
  }

  func enable(_ plugin: Plugin, at span: Span) throws {
    if let problem = plugin.problem { throw problem }
    switch catalog.standing(of: plugin) {
    case .enabled, .onPath: console.note("'\(plugin.name)' is enabled already")
    case .disabled
    where catalog.approvals[plugin.name]?.fingerprint == (try Fingerprint.of(plugin.path)):
      try approve(plugin.name, try Fingerprint.of(plugin.path))
      console.note("'\(plugin.name)' is enabled")
    case .disabled, .new, .changed, .broken:
      try check(plugin)
      try approve(plugin.name, try agree(to: plugin, "may it run?", at: span))
      console.note("'\(plugin.name)' is enabled")
    }
  }

  func disable(_ plugin: Plugin) throws {
    var approvals = catalog.approvals
    var entry = approvals[plugin.name] ?? Approvals.Entry(fingerprint: "", isEnabled: false)
    entry.isEnabled = false
    approvals[plugin.name] = entry
    Folders.create(catalog.folder)
    try approvals.write()
    processes.end(plugin.name)
    console.note("'\(plugin.name)' is disabled: it gives no commands, and its hooks are not asked")
  }

  func remove(_ plugin: Plugin) throws {
    guard plugin.isInstalled else {
      throw Failure(
        .denied, "'\(plugin.path)' was not installed by snapsh, so it is not removed",
        help: "remove the file, or: plugin disable \(plugin.name)")
    }
    var approvals = catalog.approvals
    processes.end(plugin.name)
    guard PluginFile.delete(plugin.path) else {
      throw Failure(.unknown, "can't remove '\(plugin.path)': \(String(cString: strerror(errno)))")
    }
    approvals[plugin.name] = nil
    try approvals.write()
    console.note("removed '\(plugin.name)'")
  }

  private static func copy(_ path: String, to target: String) throws {
    let bytes: [UInt8]
    do throws(FileContents.Unreadable) { bytes = try FileContents.read(path) } catch {
      throw Failure(.plugin, "can't read '\(path)': \(error.reason)")
    }
    if let slash = target.lastIndex(of: "/") { Folders.create(String(target[..<slash])) }
    var status = stat()
    stat(path, &status)
    let file = open(
      target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, status.st_mode & 0o111 == 0 ? 0o600 : 0o700)
    guard file >= 0 else {
      throw Failure(.unknown, "can't write '\(target)': \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else {
        throw Failure(.unknown, "can't write '\(target)': \(String(cString: strerror(errno)))")
      }
      rest = rest.dropFirst(max(0, count))
    }
  }
}

extension Plugin {
  /// How the plugin's file or folder is called.
  var fileName: String {
    switch kind {
    case .script: "\(name).snap"
    case .program: "snapsh-\(name)"
    case .protocol: name
    }
  }
}

/// What a command asks of the person: a yes or a no, as a value.
struct ConfirmRequest: Effects {
  let text: String
}
