import Glibc
import Retention
import SnapCommands
import SnapLanguage
import SnapOutput
import SnapRun

/// `schedule`: scripts that this machine starts every day.
struct ScheduleCommand: Callable {
  let services: ShellServices

  static let columns = [
    "name", "daily", "zone", "by", "script", "last_change", "outcome", "log",
  ]

  let signature = Signature(
    "schedule", group: .shell, about: "Run a script every day, by systemd or cron",
    details: """
      Checks the script, then writes a timer of the user's systemd, or a line of the crontab: without
      --systemd or --cron, whichever is there. It runs in batch with --yes --no-input --exclusive, so
      nobody is asked, and it isn't started while it is still running. The options of this command
      line go with it: give --max-deletes. 'list' shows what is scheduled and how its last change
      ended, 'remove NAME' ends it. The time is the machine's, or by systemd that of --zone.
      """,
    parameters: [
      Parameter("file", .path, about: "the script; or list, or remove", required: false),
      Parameter("arguments", .string, about: "what it sees in $args", required: false, rest: true),
    ],
    flags: [
      Flag("daily", .string, about: "when, such as 02:30"),
      Flag("systemd", about: "by a timer of the user's systemd"),
      Flag("cron", about: "by the user's crontab"),
      Flag("name", .string, about: "for the timer and the log; the file's, unless it is given"),
    ], effect: .local,
    examples: [
      Signature.Example("schedule nightly.snap --daily 02:30", "every night"),
      Signature.Example("schedule list", "what is scheduled"),
      Signature.Example("schedule remove nightly", "no more"),
    ], columns: .fixed(ScheduleCommand.columns))

  func run(_ call: Call) throws -> Outcome {
    let words = try (call["arguments"]?.listValue ?? []).map { try $0.interpolated() }
    let file = call["file"]?.stringValue
    guard let settings = services.settings?.value else { return .nothing }
    let schedules = Schedules(folders: settings.folders)
    switch file {
    case nil, "list":
      guard words.isEmpty, call.flag("daily") == nil else {
        throw Failure(
          .usage, "'schedule' needs FILE before '--daily'", help: signature.usage,
          exitCode: ExitCode.usage)
      }
      let runs = try call.host.wait { try await schedules.all() }
      let changes = runs.isEmpty ? [] : try services.journal.use { try $0.runs(since: nil) }
      return .rows(RowStream(runs.map { Self.row($0, changes) }))
    case "remove":
      guard let name = words.first, words.count == 1 else {
        throw Failure(
          .usage, "'schedule remove' needs a name, as 'schedule list' shows it",
          exitCode: ExitCode.usage)
      }
      try remove(name, schedules, call)
    case let file?:
      try add(file, words, schedules, settings, call)
    }
    return .nothing
  }

  private func remove(_ name: String, _ schedules: Schedules, _ call: Call) throws {
    let path = Self.resolved(name)
    let all = try call.host.wait { try await schedules.all() }
    let found = all.filter { $0.name == name || $0.script == path }
    guard !found.isEmpty else {
      throw Failure(
        .notfound, "nothing is scheduled as '\(name)'",
        help: Suggestions.help(for: name, among: all.map(\.name)) ?? "'schedule list' shows what is"
      )
    }
    for run in found {
      if services.isDryRun {
        services.console.note("dry run: '\(run.name)' stays scheduled")
        continue
      }
      let trouble = try call.host.wait { try await schedules.remove(run) }
      services.console.note("'\(run.name)' is no longer scheduled (\(run.scheduler.rawValue))")
      if let trouble {
        services.console.note(
          "systemd could not be told (\(trouble)); it has forgotten at its next start")
      }
    }
  }

  private func add(
    _ file: String, _ arguments: [String], _ schedules: Schedules, _ settings: Settings,
    _ call: Call
  ) throws {
    guard let text = call.flag("daily")?.stringValue else {
      throw Failure(
        .usage, "'schedule' needs '--daily HH:MM'", help: signature.usage, exitCode: ExitCode.usage)
    }
    guard let (hour, minute) = DailyRun.time(text) else {
      throw Failure(
        .usage, "'\(text)' is no time of a day", help: "such as 02:30", exitCode: ExitCode.usage)
    }
    guard let script = Self.resolved(LocalFile.expanded(file)) else {
      throw Failure(
        .notfound, "can't read '\(file)': \(String(cString: strerror(errno)))",
        exitCode: ExitCode.usage)
    }
    let name = call.flag("name")?.stringValue ?? DailyRun.name(ofScript: script)
    guard DailyRun.isName(name) else {
      throw Failure(
        .usage, "'\(name)' is no name for a timer", help: "letters, digits, '-', '_' and '.'",
        exitCode: ExitCode.usage)
    }
    let scheduler = try scheduler(call)
    let zone = try zone(for: scheduler, settings)
    guard let program = Self.resolved("/proc/self/exe") else {
      throw Failure(.unknown, "the path of snapsh can't be found")
    }
    let run = DailyRun(
      name: name, script: script, hour: hour, minute: minute,
      words: [program] + (try settings.wordsForNobody())
        + [script] + arguments, environment: Self.environment(services.environment))
    try check(program, script, call)
    let earlier = try call.host.wait { try await schedules.all() }.filter { $0.name == name }
    if let other = earlier.first(where: { $0.script != script }) {
      throw Failure(
        .conflict, "'\(name)' is scheduled already, for \(other.script)",
        help: "give this one a name of its own: --name")
    }
    if services.isDryRun {
      try services.console.data(try schedules.text(of: run, by: scheduler, zone: zone))
      services.console.note("dry run: nothing is written")
      return
    }
    for old in earlier where old.scheduler != scheduler {
      _ = try call.host.wait { try await schedules.remove(old) }
    }
    let trouble = try call.host.wait { try await schedules.add(run, by: scheduler, zone: zone) }
    tell(run, scheduler, zone, replaced: earlier.first, settings, trouble)
  }

  /// Says what was done, and what a person who sleeps should have thought of.
  private func tell(
    _ run: DailyRun, _ scheduler: Scheduler, _ zone: String?, replaced: ScheduledRun?,
    _ settings: Settings, _ trouble: String?
  ) {
    let console = services.console
    let was = replaced.map { " (before: \($0.daily))" } ?? ""
    console.note(
      "\(run.script) runs daily at \(run.time) \(zone ?? "by this machine's clock")\(was), by "
        + "\(scheduler.rawValue) as '\(run.name)':")
    console.note("  " + run.words.map(CronTable.quoted).joined(separator: " "))
    if settings.limits.mostDeletions == nil {
      console.note("nobody will be asked, and nothing limits its deletions: --max-deletes N would")
    }
    if let trouble {
      console.note(
        "systemd can't be told now (\(trouble)); the timer starts when systemd next does for you")
    }
    if scheduler == .systemd, access("/var/lib/systemd/linger/\(Self.user)", F_OK) != 0 {
      console.note("timers of a user end when nobody is logged in, unless: loginctl enable-linger")
    }
  }

  private static var user: String {
    getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? ""
  }

  private func scheduler(_ call: Call) throws -> Scheduler {
    let (systemd, cron) = (call.isSet("systemd"), call.isSet("cron"))
    guard !(systemd && cron) else {
      throw Failure(.usage, "'--systemd' and '--cron' exclude each other", exitCode: ExitCode.usage)
    }
    if systemd { return .systemd }
    if cron { return .cron }
    return SystemdTimers.isRunning ? .systemd : .cron
  }

  /// The zone that the time is meant in; nil for the machine's.
  private func zone(for scheduler: Scheduler, _ settings: Settings) throws -> String? {
    guard settings.values.source(of: .zone) != .none else { return nil }
    if scheduler == .systemd { return settings.zone.name }
    let now = Timestamp.seconds(Clock.microseconds())
    let halfYear = 182 * 86_400
    for second in [now, now + halfYear]
    where settings.zone.offset(at: second) != Self.offset(second) {
      throw Failure(
        .usage, "cron goes by this machine's clock, which is not that of \(settings.zone.name)",
        help: "--systemd knows zones; without --zone the machine's time is meant",
        exitCode: ExitCode.usage)
    }
    return nil
  }

  /// How far this machine's clock is from UTC.
  private static func offset(_ second: Int) -> Int {
    var time = time_t(second)
    var civil = tm()
    localtime_r(&time, &civil)
    return civil.tm_gmtoff
  }

  /// Reads the script as it will be read at night, by the same program.
  private func check(_ program: String, _ script: String, _ call: Call) throws {
    let answer = try call.host.wait { try await HelperProgram(program).run(["check", script]) }
    guard answer.isSuccess else {
      services.console.line(String(answer.errors.dropLast(answer.errors.hasSuffix("\n") ? 1 : 0)))
      throw Failure(
        .usage, "'\(script)' has errors, so it is not scheduled", exitCode: ExitCode.usage)
    }
  }

  private static func environment(
    _ environment: [String: String]
  ) -> [(name: String, value: String)] {
    [
      "PATH", "SNAPSH_CONFIG", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME",
      "XDG_CACHE_HOME",
    ].compactMap { name in environment[name].map { (name, $0) } }
  }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static let shape = Shape(columns)

  private static func row(_ run: ScheduledRun, _ changes: [RunRecord]) -> Value {
    let last = changes.first { $0.header.path == run.script }
    return .record(
      Record(
        shape: shape,
        wireValues: [
          .string(run.name), .string(run.daily), run.zone.map(Value.string) ?? .null,
          .string(run.scheduler.rawValue), .string(run.script),
          last.map { .datetime($0.begun) } ?? .null, last.map { .string($0.outcome) } ?? .null,
          .string(run.log),
        ]))
  }
}
