import Glibc
import SnapCommands
import SnapLanguage
import SnapPlugins

/// `plugin`: what is installed beside the built-in commands.
struct PluginCommand: Callable {
  let services: ShellServices

  private enum Action: String, CaseIterable {
    case list, info, add, remove, enable, disable, test, new
  }

  static let columns = [
    "name", "kind", "version", "state", "permissions", "commands", "from", "shadows",
  ]

  var signature: Signature {
    var signature = Self.declaration
    signature.parameters[1].offeredType = { words in
      switch words.first.flatMap(Action.init(rawValue:)) {
      case .add, .test: .path
      default: .string
      }
    }
    guard let catalog = services.plugins?.catalog else { return signature }
    signature.parameters[1].candidates = { _, words in
      guard let action = words.first, action != "new" else { return [] }
      return catalog.plugins.map { ($0.name, $0.kind.rawValue) }
    }
    return signature
  }

  private static let declaration = Signature(
    "plugin", group: .shell, about: "Add commands, hooks and formats of others, or one's own",
    details: """
      A plugin is a file of functions NAME.snap, a program snapsh-NAME, or a folder with a plugin.json.
      'add' copies it to the plugin folder after it has shown what it may do and asked; what has changed
      since is not run before 'enable' has asked again. Programs snapsh-NAME on the PATH are plugins
      too. 'test' tries a plugin out, 'new' writes one to begin with, into a folder here.
      """,
    parameters: [
      Parameter(
        "action", .oneOf(Action.allCases.map(\.rawValue)), default: .string("list"),
        meanings: [
          "list": "what is installed", "info": "all about one", "add": "install one",
          "remove": "take one away", "enable": "let it run, after a look at it",
          "disable": "keep it from running", "test": "try one out",
          "new": "write one to begin with",
        ]),
      Parameter(
        "name", .path, about: "a plugin; for add and test, a file or a folder", required: false),
    ],
    flags: [
      Flag("kind", .oneOf(PluginSkeleton.Kind.allCases.map(\.rawValue)), about: "for new"),
      Flag("lang", .oneOf(PluginSkeleton.Language.allCases.map(\.rawValue)), about: "for new"),
    ], effect: .local,
    examples: [
      Signature.Example("plugin", "what is installed, and what may run"),
      Signature.Example("plugin new colours --kind protocol --lang python", "to begin one"),
      Signature.Example("plugin add ./colours", "install it"),
    ], columns: .fixed(PluginCommand.columns))

  func run(_ call: Call) throws -> Outcome {
    guard let processes = services.plugins,
      let action = call["action"]?.stringValue.flatMap({ Action(rawValue: $0) })
    else { return .nothing }
    let catalog = processes.catalog
    guard action != .list else {
      guard call["name"] == nil else {
        throw Failure(
          .usage, "'plugin list' takes no name", help: "'plugin info NAME' shows one",
          exitCode: ExitCode.usage)
      }
      return .rows(RowStream(Self.rows(catalog)))
    }
    guard let name = call["name"]?.stringValue else {
      throw Failure(
        .usage, "'plugin \(action.rawValue)' needs a name", help: signature.usage,
        exitCode: ExitCode.usage)
    }
    if action != .new, call.flag("kind") != nil || call.flag("lang") != nil {
      throw Failure(
        .usage, "'--kind' and '--lang' are for 'plugin new'", exitCode: ExitCode.usage)
    }
    switch action {
    case .list: break
    case .info: return .value(PluginCard.card(try Self.known(name, catalog), catalog))
    case .add, .remove, .enable, .disable:
      if call.host.leavesOut(call.span.text) { return .nothing }
      let store = PluginStore(processes: processes, console: services.console, host: call.host)
      switch action {
      case .add: try store.add(LocalFile.expanded(name), at: call.span)
      case .remove: try store.remove(try Self.known(name, catalog))
      case .enable: try store.enable(try Self.known(name, catalog), at: call.span)
      default: try store.disable(try Self.known(name, catalog))
      }
    case .test:
      let isPath = name.contains("/") || catalog.plugin(name) == nil
      let plugin =
        isPath
        ? try PluginStore.plugin(at: LocalFile.expanded(name)) : try Self.known(name, catalog)
      return try PluginTest(plugin: plugin, processes: processes, host: call.host).outcome()
    case .new:
      if call.host.leavesOut(call.span.text) { return .nothing }
      let skeleton = try PluginSkeleton(
        name: name, kind: call.flag("kind")?.stringValue, language: call.flag("lang")?.stringValue)
      for line in try skeleton.write() { services.console.note(line) }
    }
    return .nothing
  }

  private static func known(_ name: String, _ catalog: PluginCatalog) throws -> Plugin {
    if let plugin = catalog.plugin(name) { return plugin }
    throw Failure(
      .notfound, "there is no plugin '\(name)'",
      help: Suggestions.help(for: name, among: catalog.plugins.map(\.name))
        ?? "'plugin list' shows them; they lie in \(catalog.folder)")
  }

  private static let shape = Shape(columns)

  private static func rows(_ catalog: PluginCatalog) -> [Value] {
    let shadowed = Dictionary(grouping: catalog.shadowed, by: \.name)
    return catalog.plugins.map { plugin in
      let shadows = (shadowed[plugin.name] ?? []).map(\.path)
      return .record(
        Record(
          shape: shape,
          wireValues: [
            .string(plugin.name), .string(plugin.kind.rawValue),
            plugin.version.map(Value.string) ?? .null,
            .string(catalog.standing(of: plugin).word), PluginCard.words(plugin.permissions),
            PluginCard.words(plugin.signatures.map(\.name)), .string(plugin.path),
            PluginCard.words(shadows),
          ]))
    }
  }
}
