import SnapCommands
import SnapLanguage

/// `set`: the options of the session.
struct SetCommand: Callable {
  let services: ShellServices

  static let columns = ["option", "value", "from"]
  private static let shape = Shape(columns)
  private static let settable = Option.allCases.filter(\.isSettable)

  private(set) var signature = Signature(
    "set", group: .shell, about: "Show the options, or change one until the shell ends",
    details: """
      Without arguments, all options with what decided them: a flag, a variable, the profile, set, or
      the default. They are those of the command line: 'snapsh --help' tells what they mean. A
      switch is true or false. Which cloud is meant is changed by 'profile use'.
      """,
    parameters: [
      Parameter(
        "option", .oneOf(settable.map(\.rawValue)), required: false,
        meanings: Dictionary(uniqueKeysWithValues: settable.map { ($0.rawValue, $0.about) })),
      Parameter("value", .string, required: false),
    ],
    flags: [Flag("reset", about: "back to what it was at the start")],
    effect: .local,
    examples: [
      Signature.Example("set", "what holds, and why"),
      Signature.Example("set output json", "results as JSON from now on"),
      Signature.Example("set max-deletes 5", "refuse what deletes more"),
      Signature.Example("set output --reset", "as the shell was started"),
    ], columns: .fixed(SetCommand.columns))

  init(services: ShellServices) {
    self.services = services
    signature.parameters[1].candidates = { _, words in
      guard let option = words.first.flatMap(Option.init(rawValue:)) else { return [] }
      return option.words.map { ($0, "") }
    }
  }

  func run(_ call: Call) throws -> Outcome {
    guard let settings = services.settings else { return .nothing }
    guard let option = call["option"]?.stringValue.flatMap(Option.init(rawValue:)) else {
      return .rows(RowStream(Self.rows(settings.value)))
    }
    _ = try services.promptState(
      for: "set", help: "a run's options stand on its command line: snapsh \(option.flag) …")
    let value = call["value"]?.stringValue
    let isReset = call.isSet("reset")
    guard (value == nil) == isReset else {
      throw Failure(
        .usage, "'set \(option.rawValue)' needs a value or --reset", help: option.about,
        exitCode: ExitCode.usage)
    }
    do { try settings.set(option, to: value) } catch {
      throw Failure(.usage, error.message, help: error.help, exitCode: ExitCode.usage)
    }
    return .nothing
  }

  private static func rows(_ settings: Settings) -> [Value] {
    Option.allCases.map { option in
      let value: String? =
        switch option {
        case .profile: settings.profile
        case .data: if case .folder(let path) = settings.store { path } else { nil }
        default: settings.values[option] ?? (option.placeholder == nil ? "false" : nil)
        }
      return .record(
        Record(
          shape: shape,
          wireValues: [
            .string(option.rawValue), value.map(Value.string) ?? .null,
            .string(origin(of: option, settings)),
          ]))
    }
  }

  private static func origin(of option: Option, _ settings: Settings) -> String {
    switch settings.values.source(of: option) {
    case .session: "set"
    case .flag: option.flag
    case .variable: option.variable
    case .profile: "profile '\(settings.profile)'"
    case .none:
      option == .profile && settings.file.defaultProfile != nil ? "default_profile" : "default"
    }
  }
}
