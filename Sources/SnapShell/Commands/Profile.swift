import SnapCommands
import SnapLanguage

/// `profile`: the clouds that the configuration file knows.
struct ProfileCommand: Callable {
  let services: ShellServices

  private enum Action: String, CaseIterable { case list, show, use }

  private static let shape = Shape(["name", "endpoint", "production", "current"])

  let signature = Signature(
    "profile", group: .shell, about: "Show the profiles, or go on with another",
    details: """
      'use' begins a new session on another profile: its settings, its cloud, its completion. Variables
      and functions of the session before are forgotten, since ids mean something else there; rc.snap
      runs again. --yes and what was set are forgotten too. A token is never shown.
      """,
    parameters: [
      Parameter(
        "action", .oneOf(Action.allCases.map(\.rawValue)), default: .string("list"),
        meanings: [
          "list": "all profiles", "show": "all about one", "use": "go on with another",
        ]),
      Parameter("name", .string, about: "a profile; for show, the current one", required: false),
    ],
    effect: .local,
    examples: [
      Signature.Example("profile", "all of them"),
      Signature.Example("profile show local", "all about one"),
      Signature.Example("profile use local", "go on in the local cloud"),
    ])

  func run(_ call: Call) throws -> Outcome {
    guard let settings = services.settings?.value,
      let action = call["action"]?.stringValue.flatMap({ Action(rawValue: $0) })
    else { return .nothing }
    let name = call["name"]?.stringValue
    switch action {
    case .list:
      guard name == nil else {
        throw Failure(.usage, "'profile list' takes no name", exitCode: ExitCode.usage)
      }
      return .rows(RowStream(Self.names(settings).map { Self.row($0, settings) }))
    case .show: return .value(try Self.card(name ?? settings.profile, settings))
    case .use:
      guard let name else {
        throw Failure(
          .usage, "'profile use' needs a name", help: Self.known(settings),
          exitCode: ExitCode.usage)
      }
      try use(name, settings)
      return .nothing
    }
  }

  private static func names(_ settings: Settings) -> [String] {
    Set(settings.file.profiles.keys).union([Settings.localName]).sorted()
  }

  private static func known(_ settings: Settings) -> String {
    "profiles: \(names(settings).joined(separator: " "))"
  }

  private static func endpoint(_ name: String, _ settings: Settings) -> String {
    settings.file.profiles[name]?.values["endpoint"]
      ?? (name == Settings.localName ? Settings.localName : Settings.defaultEndpoint)
  }

  private static func isProduction(_ name: String, _ settings: Settings) -> Bool {
    settings.file.profiles[name]?.isProduction ?? false
  }

  private static func row(_ name: String, _ settings: Settings) -> Value {
    .record(
      Record(
        shape: shape,
        wireValues: [
          .string(name), .string(endpoint(name, settings)), .bool(isProduction(name, settings)),
          .bool(name == settings.profile),
        ]))
  }

  private static func card(_ name: String, _ settings: Settings) throws -> Value {
    guard names(settings).contains(name) else { throw unknown(name, settings) }
    let values = settings.file.profiles[name]?.values ?? [:]
    let credential = ConfigFile.credentialKeys.first { values[$0] != nil }
    let others = values.filter {
      $0.key != "endpoint" && !ConfigFile.credentialKeys.contains($0.key)
    }
    return .record(
      Record(
        [
          ("name", .string(name)), ("endpoint", .string(endpoint(name, settings))),
          ("production", .bool(isProduction(name, settings))),
          ("current", .bool(name == settings.profile)),
          ("credential", credential.map(Value.string) ?? .null),
        ] + others.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
  }

  private static func unknown(_ name: String, _ settings: Settings) -> Failure {
    Failure(
      .notfound, "there is no profile '\(name)'",
      help: Suggestions.help(for: name, among: names(settings)) ?? known(settings))
  }

  private func use(_ name: String, _ settings: Settings) throws {
    let prompt = try services.promptState(
      for: "profile use", help: "a run's profile stands on its command line: --profile \(name)")
    guard !prompt.isStarting else {
      throw Failure(
        .denied, "rc.snap can't choose the profile, since it runs again for each",
        help: "default_profile in config.toml does")
    }
    // They would win over the profile's own, and send it to another cloud or another's token to it.
    for variable in [Option.endpoint.variable, "SNAPSH_TOKEN"]
    where name != Settings.localName && services.environment[variable] != nil {
      throw Failure(
        .denied, "\(variable) is set, and wins over what the profile says",
        help: "start snapsh without it")
    }
    var flags = settings.values.flags
    flags[.profile] = name
    (flags[.endpoint], flags[.yes]) = (nil, nil)
    do throws(SettingError) {
      // The file may have changed since the session began.
      prompt.goOn(with: try Settings(flags: flags, environment: services.environment))
    } catch {
      throw Failure(.usage, error.message, help: error.help, exitCode: ExitCode.usage)
    }
    throw ExitRequest(code: ExitCode.done)
  }
}
