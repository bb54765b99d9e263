import Foundation
import Testing

/// Scripts that the machine starts every day. The user's own crontab is not touched: a program that
/// keeps its table in the sandbox stands before crontab(1) in PATH.
struct ScheduleTests {
  private static let table = """
    #!/bin/sh
    if [ "$1" = -l ]; then
      [ -f "$HOME/crontab" ] || { echo "no crontab for $USER" >&2; exit 1; }
      exec cat "$HOME/crontab"
    fi
    exec cat > "$HOME/crontab"
    """

  private func prepared() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(Self.table, to: "bin/crontab", mode: 0o755)
    try sandbox.write("print (join($args, \"|\"))", to: "night.snap")
    return sandbox
  }

  private func snapsh(_ arguments: [String], in sandbox: Sandbox) throws -> Sandbox.Result {
    try sandbox.snapsh(
      arguments,
      environment: ["PATH": "\(sandbox.folder)/bin:\(sandbox.environment["PATH"] ?? "")"])
  }

  @Test("A line of the crontab runs the script with its options and arguments, as sh reads it")
  func cron() throws {
    let sandbox = try prepared()
    try sandbox.write("MAILTO=me\n5 4 * * * true\n", to: "crontab")
    let result = try snapsh(
      [
        "schedule", "night.snap", "it's 100% $HOME", "b", "--daily", "2:05", "--cron",
        "--max-deletes", "7",
      ], in: sandbox)
    #expect(result.code == 0, "\(result.errors)")
    let table = try String(contentsOfFile: "\(sandbox.folder)/crontab", encoding: .utf8)
    let lines = table.split(separator: "\n")
    #expect(lines.prefix(2) == ["MAILTO=me", "5 4 * * * true"])
    #expect(lines.count == 4)
    let entry = try #require(lines.last)
    #expect(entry.hasPrefix("5 2 * * * "))
    for word in ["--exclusive", "--yes", "--no-input", "--profile local", "--max-deletes 7"] {
      #expect(entry.contains(word))
    }
    // As cron does: the escaped percent signs, then sh.
    let command = entry.dropFirst("5 2 * * * ".count).replacingOccurrences(of: "\\%", with: "%")
    let run = sandbox.process("/bin/sh", ["-c", command], [:])
    try run.start()
    run.waitUntilExit()
    #expect(run.exitCode == 0)
    let log = try String(
      contentsOfFile: "\(sandbox.folder)/.local/state/snapsh/schedules/night.log", encoding: .utf8)
    #expect(log.hasSuffix("\nit's 100% $HOME|b\n"), "\(log)")
  }

  @Test("What is scheduled is listed, moved to another time, and removed; other lines stay")
  func listAndRemove() throws {
    let sandbox = try prepared()
    try sandbox.write("5 4 * * * true\n", to: "crontab")
    for time in ["02:30", "03:15"] {
      #expect(
        try snapsh(["schedule", "night.snap", "--daily", time, "--cron"], in: sandbox).code == 0)
    }
    let list = try snapsh(["schedule", "list", "-o", "csv"], in: sandbox)
    #expect(list.output.split(separator: "\n").count == 2)
    #expect(list.output.contains("night,03:15,,cron,"))
    #expect(
      try snapsh(["schedule", "remove", "nigt"], in: sandbox).errors.contains(
        "did you mean 'night'"))
    #expect(try snapsh(["schedule", "remove", "night.snap"], in: sandbox).code == 0)
    #expect(
      try String(contentsOfFile: "\(sandbox.folder)/crontab", encoding: .utf8) == "5 4 * * * true\n"
    )
    #expect(try snapsh(["schedule", "remove", "night"], in: sandbox).code == 1)
  }

  @Test("A timer and a service are written for systemd, enabled, and removed again")
  func systemd() throws {
    let sandbox = try prepared()
    let result = try snapsh(
      [
        "schedule", "night.snap", "50%", "$x", "--daily", "02:30", "--systemd", "--zone",
        "Europe/Berlin",
      ], in: sandbox)
    #expect(result.code == 0, "\(result.errors)")
    let folder = "\(sandbox.folder)/.config/systemd/user"
    let timer = try String(contentsOfFile: "\(folder)/snapsh-night.timer", encoding: .utf8)
    #expect(timer.contains("\nOnCalendar=*-*-* 02:30:00 Europe/Berlin\n"))
    let service = try String(contentsOfFile: "\(folder)/snapsh-night.service", encoding: .utf8)
    let command = try #require(service.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
    #expect(command.hasSuffix("--zone Europe/Berlin \(sandbox.folder)/night.snap 50%% $$x"))
    let link = "\(folder)/timers.target.wants/snapsh-night.timer"
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: link)
        == "\(folder)/snapsh-night.timer")
    #expect(
      try snapsh(["-c", "schedule | get daily"], in: sandbox).output
        .contains("02:30"))
    #expect(try snapsh(["schedule", "remove", "night"], in: sandbox).code == 0)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder) == ["timers.target.wants"])
  }

  @Test(
    "What can't run at night isn't scheduled",
    arguments: [
      (["bad.snap", "--daily", "02:30"], [:], 2, "has errors"),
      (["night.snap", "--daily", "24:00"], [:], 2, "no time of a day"),
      (["night.snap"], [:], 2, "needs '--daily"),
      (["none.snap", "--daily", "02:30"], [:], 2, "No such file"),
      (["night.snap", "--daily", "02:30"], ["SNAPSH_TOKEN": "0123456789"], 4, "SNAPSH_TOKEN"),
      (
        ["night.snap", "--daily", "02:30", "--zone", "Asia/Tokyo"], ["TZ": "UTC"], 2, "cron goes by"
      ),
      (["other/night.snap", "--daily", "02:30"], [:], 1, "is scheduled already"),
    ] as [([String], [String: String], Int32, String)])
  func refused(_ words: [String], _ environment: [String: String], _ code: Int32, _ text: String)
    throws
  {
    let sandbox = try prepared()
    try sandbox.write("lss", to: "bad.snap")
    try sandbox.write("ls", to: "other/night.snap")
    #expect(
      try snapsh(["schedule", "night.snap", "--daily", "01:00", "--cron"], in: sandbox).code == 0)
    let before = try String(contentsOfFile: "\(sandbox.folder)/crontab", encoding: .utf8)
    let path = "\(sandbox.folder)/bin:\(sandbox.environment["PATH"] ?? "")"
    let result = try sandbox.snapsh(
      ["schedule"] + words + ["--cron"],
      environment: environment.merging(["PATH": path]) { own, _ in own })
    #expect(result.code == code)
    #expect(result.errors.contains(text), "\(result.errors)")
    #expect(try String(contentsOfFile: "\(sandbox.folder)/crontab", encoding: .utf8) == before)
  }

  @Test("A dry run shows what would be written")
  func dryRun() throws {
    let sandbox = try prepared()
    let result = try snapsh(
      ["--dry-run", "schedule", "night.snap", "--daily", "02:30", "--cron"], in: sandbox)
    #expect(result.output.contains("\n30 2 * * * "))
    #expect(!FileManager.default.fileExists(atPath: "\(sandbox.folder)/crontab"))
  }

  @Test("A script that is still running isn't started twice; with other arguments it is")
  func exclusive() throws {
    let sandbox = try prepared()
    try sandbox.write(
      """
      print (join($args, "|"))
      if "slow" in $args { !touch begun; !sh -c 'while [ ! -e go ]; do sleep 0.05; done' }
      """, to: "night.snap")
    let first = sandbox.process(Sandbox.program, ["--exclusive", "night.snap", "slow"], [:])
    first.standardOutput = FileHandle.nullDevice
    try first.start()
    while !FileManager.default.fileExists(atPath: "\(sandbox.folder)/begun") { usleep(20_000) }
    let second = try sandbox.snapsh("--exclusive", "./night.snap", "slow")
    #expect(second.code == 6)
    #expect(second.output == "")
    #expect(second.errors.contains("still running"))
    let other = try sandbox.snapsh("--exclusive", "night.snap", "quick")
    #expect(other.output == "quick\n")
    try sandbox.write("", to: "go")
    first.waitUntilExit()
    #expect(first.exitCode == 0)
    #expect(try sandbox.snapsh("--exclusive", "night.snap", "slow").code == 0)
  }
}
