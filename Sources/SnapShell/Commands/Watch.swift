import Glibc
import SnapCommands
import SnapLanguage
import SnapOutput

/// `watch`: the result of a command that reads, again and again.
struct Watch: Callable {
  let services: ShellServices

  let signature = Signature(
    "watch", group: .read, about: "Show again and again what a command gives",
    details: """
      COMMAND is a command with its arguments, a text of the language, or a block; it may only read.
      On a terminal it is redrawn in place, with what changed since the last time set off; q or
      Ctrl-C ends it. When a read fails, the last result stays, and its age is told. Without a
      terminal each result follows a line with the time.
      """,
    parameters: [
      Parameter("command", .string, about: "what to run, with its arguments", rest: true)
    ],
    flags: [
      Flag(
        "every", .duration, short: "n", about: "the pause between two runs",
        default: .duration(2_000_000))
    ],
    effect: .local,
    examples: [
      Signature.Example("watch ls --query web", "the snapshots of some slices"),
      Signature.Example("watch --every 10s \"ls | where in_progress != null\"", "what runs"),
    ], runs: .reading)

  func run(_ call: Call) throws -> Outcome {
    guard let code = call.code, case .duration(let pause)? = call.flag("every") else {
      throw Failure(.usage, "'watch' needs a command", help: signature.usage)
    }
    guard pause >= 100_000 else {
      throw Failure(
        .usage, "the pause is at least 100ms, not '\(Units.durationText(pause))'",
        exitCode: ExitCode.usage)
    }
    let source = WatchedSource(code: code, host: call.host, services: services)
    let console = services.console
    if console.canRedraw, let screen = LiveScreen(console) {
      try console.attended { try screen.show(source, every: pause) }
    } else {
      try showInTurn(source, every: pause, call.host.cancellation)
    }
    return .nothing
  }

  /// A line with the time before each result, until the run is interrupted.
  private func showInTurn(
    _ source: WatchedSource, every pause: Int, _ cancellation: Cancellation
  ) throws {
    var isFirst = true
    while true {
      do {
        let result = try source.read()
        let time = Timestamp.text(Clock.microseconds() / 1_000_000 * 1_000_000)
        try services.console.data(
          "\(time)\n" + result.text(services.console.style(services.output)))
      } catch let failure as Failure where !isFirst { services.console.report(failure) }
      isFirst = false
      let end = Clock.microseconds() + pause
      while Clock.microseconds() < end {
        try cancellation.check()
        poll(nil, 0, 50)
      }
    }
  }
}

/// What is watched.
struct WatchedSource {
  let code: GivenCode
  let host: any Host
  let services: ShellServices

  /// - Throws: `Failure` or `Cancelled`.
  func read() throws -> WatchedResult {
    let watching = WatchingHost(host)
    let flow = try code.run(watching)
    return WatchedResult(flows: watching.shown + [try Shown(flow)])
  }
}

/// What one run gave.
struct WatchedResult {
  fileprivate var flows: [Shown]

  /// - Throws: `Failure` when it can't be written in that form.
  func text(_ style: OutputStyle) throws -> String {
    var text = ""
    for shown in flows {
      do {
        _ = try ValueWriter(style: style).write(shown.flow) { text += $0 }
      } catch let error as EncodeError { throw error.failure }
    }
    return text.isEmpty ? "no rows\n" : text
  }
}
