import SnapCommands
import SnapLanguage

/// The user's crontab(5): two lines for each script, a comment and its entry.
struct CronTable: Sendable {
  let folders: Folders

  /// What cron takes of an entry's command (MAX_COMMAND of Vixie cron and its heirs).
  private static let longestCommand = 998

  func all() async throws -> [ScheduledRun] {
    guard let lines = try? await lines() else { return [] }
    return zip(lines, lines.dropFirst() + [""]).compactMap { line, entry in
      guard let mark = DailyRun.marked(line) else { return nil }
      return ScheduledRun(
        name: mark.name, script: mark.script, daily: Self.time(entry), zone: nil, scheduler: .cron,
        log: log(mark.name))
    }
  }

  /// The time of `30 2 * * * command`; the five fields when it is another rhythm.
  private static func time(_ entry: String) -> String {
    let fields = entry.split(separator: " ", maxSplits: 5).prefix(5).map(String.init)
    guard fields.count == 5, fields[2...].allSatisfy({ $0 == "*" }),
      let hour = Int(fields[1]), let minute = Int(fields[0])
    else { return fields.joined(separator: " ") }
    return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
  }

  /// The file that what a script says is added to; without a mail server, cron would drop it.
  private func log(_ name: String) -> String { "\(folders.state)/schedules/\(name).log" }

  /// The two lines.
  ///
  /// - Throws: `Failure` when they are longer than cron takes.
  func entry(for run: DailyRun) throws -> [String] {
    let environment = run.environment.map { "\($0.name)=\(Self.quoted($0.value))" }
    let words = (environment + run.words.map(Self.quoted)).joined(separator: " ")
    // cron makes a line's end of a percent sign.
    let command = "{ date; \(words); } >>\(Self.quoted(log(run.name))) 2>&1"
      .split(separator: "%", omittingEmptySubsequences: false).joined(separator: "\\%")
    guard command.utf8.count <= Self.longestCommand else {
      throw Failure(
        .usage,
        "the command has \(command.utf8.count) bytes, and cron takes \(Self.longestCommand)",
        help: "--systemd has no such limit; PATH is a part of it", exitCode: ExitCode.usage)
    }
    return [run.mark, "\(run.minute) \(run.hour) * * * \(command)"]
  }

  /// - Throws: `Failure` when the table can't be read or written; it is as it was then.
  func add(_ run: DailyRun) async throws {
    let entry = try entry(for: run)
    Folders.create("\(folders.state)/schedules")
    try await write(Self.without(run.name, try await lines()) + entry)
  }

  func remove(_ name: String) async throws {
    try await write(Self.without(name, try await lines()))
  }

  private static func without(_ name: String, _ lines: [String]) -> [String] {
    guard let index = lines.firstIndex(where: { DailyRun.marked($0)?.name == name }) else {
      return lines
    }
    return Array(lines[..<index] + lines[index...].dropFirst(2))
  }

  private func lines() async throws -> [String] {
    let answer = try await HelperProgram("crontab").run(["-l"])
    guard answer.isSuccess else {
      // Who has none yet is told so, and the code is 1.
      if answer.words.contains("no crontab for") { return [] }
      throw Failure(.denied, "the crontab can't be read: \(answer.words)")
    }
    return answer.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .dropLast(answer.output.hasSuffix("\n") ? 1 : 0)
  }

  private func write(_ lines: [String]) async throws {
    let text = lines.map { $0 + "\n" }.joined()
    let answer = try await HelperProgram("crontab").run(["-"], input: text)
    guard answer.isSuccess else {
      throw Failure(.denied, "the crontab can't be written: \(answer.words)")
    }
  }

  /// A word for sh.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@,+".contains($0)) }
    if isPlain { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
