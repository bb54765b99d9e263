import Glibc
import SnapCommands
import SnapLanguage

/// Timers of the user's systemd: a timer and a service for each, as systemd.timer(5) and
/// systemd.service(5) describe them.
struct SystemdTimers: Sendable {
  /// `~/.config/systemd/user`.
  private let folder: String

  init(folders: Folders) {
    // The folder of snapsh's own configuration has the same parent.
    let parent = folders.config.split(separator: "/").dropLast().joined(separator: "/")
    folder = "/\(parent)/systemd/user"
  }

  private static let prefix = "snapsh-"
  private static let wants = "timers.target.wants"

  /// Whether systemd runs this machine: sd_booted(3).
  static var isRunning: Bool { access("/run/systemd/system", F_OK) == 0 }

  func all() throws -> [ScheduledRun] {
    guard let names = Self.files(in: folder) else { return [] }
    return try names.filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(".timer") }.sorted()
      .compactMap { file in
        let text = try contents("\(folder)/\(file)")
        guard let mark = text.split(separator: "\n").lazy.compactMap(DailyRun.marked).first else {
          return nil
        }
        let calendar = text.split(separator: "\n").last { $0.hasPrefix("OnCalendar=") }
        let (daily, zone) = Self.time(String(calendar?.dropFirst(11) ?? ""))
        return ScheduledRun(
          name: mark.name, script: mark.script, daily: daily, zone: zone, scheduler: .systemd,
          log: "journalctl --user -u \(Self.prefix)\(mark.name)")
      }
  }

  /// The time in `*-*-* 02:30:00 Europe/Berlin`, and the zone.
  private static func time(_ calendar: String) -> (daily: String, zone: String?) {
    let parts = calendar.split(separator: " ").map(String.init)
    guard parts.count >= 2, parts[0] == "*-*-*", parts[1].hasSuffix(":00") else {
      return (calendar, nil)
    }
    return (String(parts[1].dropLast(3)), parts.count > 2 ? parts[2] : nil)
  }

  /// The files of a run, by their paths.
  func files(for run: DailyRun, zone: String?) -> [(path: String, text: String)] {
    let service = """
      \(run.mark)
      # Written by 'snapsh schedule', and removed by 'snapsh schedule remove \(run.name)'.
      [Unit]
      Description=snapsh: \(Self.plain(run.script))

      [Service]
      Type=oneshot
      \(run.environment.map { "Environment=\(Self.quoted("\($0.name)=\($0.value)", isCommand: false))" }.joined(separator: "\n"))
      ExecStart=\(run.words.map { Self.quoted($0, isCommand: true) }.joined(separator: " "))

      """
    let timer = """
      \(run.mark)
      [Unit]
      Description=snapsh: \(Self.plain(run.script)), daily at \(run.time)

      [Timer]
      OnCalendar=*-*-* \(run.time):00\(zone.map { " \($0)" } ?? "")
      AccuracySec=1s

      [Install]
      WantedBy=timers.target

      """
    return [
      ("\(folder)/\(Self.prefix)\(run.name).service", service),
      ("\(folder)/\(Self.prefix)\(run.name).timer", timer),
    ]
  }

  /// Writes the files and starts the timer. What they are enabled by is a link that
  /// systemctl(1) would make, so that no running systemd is needed for it.
  ///
  /// - Returns: why the timer could not be started now; nil when it could.
  /// - Throws: `Failure` when a file can't be written.
  func add(_ run: DailyRun, zone: String?) async throws -> String? {
    Folders.create("\(folder)/\(Self.wants)")
    for (path, text) in files(for: run, zone: zone) {
      try LocalFile(path).replace(overwrite: true) { try $0(text) }
    }
    let timer = "\(Self.prefix)\(run.name).timer"
    let link = "\(folder)/\(Self.wants)/\(timer)"
    unlink(link)
    guard symlink("\(folder)/\(timer)", link) == 0 else {
      throw Failure(.denied, "can't write '\(link)': \(String(cString: strerror(errno)))")
    }
    return try await told([["daemon-reload"], ["restart", timer]])
  }

  /// Stops the timer and removes its files; a script that is running comes to its end.
  ///
  /// - Returns: why systemd could not be told; nil when it could.
  func remove(_ name: String) async throws -> String? {
    let timer = "\(Self.prefix)\(name).timer"
    let stopped = try await told([["stop", timer]])
    for path in [
      "\(folder)/\(Self.wants)/\(timer)", "\(folder)/\(timer)",
      "\(folder)/\(Self.prefix)\(name).service",
    ] where unlink(path) != 0 && errno != ENOENT {
      throw Failure(.denied, "can't remove '\(path)': \(String(cString: strerror(errno)))")
    }
    if let stopped { return stopped }
    return try await told([["daemon-reload"]])
  }

  private func told(_ commands: [[String]]) async throws -> String? {
    for command in commands {
      do {
        let answer = try await HelperProgram("systemctl").run(["--user"] + command)
        if !answer.isSuccess { return answer.words }
      } catch let failure as Failure { return failure.message }
    }
    return nil
  }

  private func contents(_ path: String) throws -> String {
    do throws(FileContents.Unreadable) {
      return String(decoding: try FileContents.read(path), as: UTF8.self)
    } catch { throw Failure(.denied, "can't read '\(path)': \(error.reason)") }
  }

  /// Nil when there is no such folder.
  private static func files(in folder: String) -> [String]? {
    guard let handle = opendir(folder) else { return nil }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  /// In a value of a setting, `%` begins a specifier.
  private static func plain(_ text: String) -> String {
    text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
  }

  /// A word of a command line by systemd.service(5); `$` means something in commands alone.
  static func quoted(_ word: String, isCommand: Bool) -> String {
    var out = ""
    var isPlain = !word.isEmpty
    for character in word {
      switch character {
      case "%": out += "%%"
      case "$" where isCommand: out += "$$"
      case "\\", "\"":
        out += "\\\(character)"
        isPlain = false
      case "\n":
        out += "\\n"
        isPlain = false
      default:
        out.append(character)
        if !(character.isLetter || character.isNumber || "-_./:=@,+$".contains(character)) {
          isPlain = false
        }
      }
    }
    return isPlain ? out : "\"\(out)\""
  }
}
