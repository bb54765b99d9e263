import SnapCommands
import SnapLanguage

/// A script that is run every day with nobody watching.
struct DailyRun: Sendable {
  /// Of letters, digits, `-`, `_` and `.`: it stands in names of units and files.
  let name: String
  /// The script's path from the root.
  let script: String
  let hour: Int
  let minute: Int
  /// The program and its arguments.
  let words: [String]
  /// What the program needs of the environment that it is scheduled in: never a token.
  let environment: [(name: String, value: String)]

  var time: String { Self.two(hour) + ":" + Self.two(minute) }

  /// `02:30` or `2:30`.
  static func time(_ text: String) -> (hour: Int, minute: Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 2, (1...2).contains(parts[0].utf8.count),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { return nil }
    return (hour, minute)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Of a script's file name, what may stand in a name.
  static func name(ofScript path: String) -> String {
    var name = String(path.split(separator: "/").last ?? "")
    if name.hasSuffix(".snap") { name.removeLast(5) }
    return String(name.map { isNameCharacter($0) ? $0 : "-" })
  }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix("-") && !text.hasPrefix(".")
      && text.allSatisfy(isNameCharacter)
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
  }

  /// The comment by which what is scheduled is found again.
  var mark: String { "\(Self.markStart)\(name) of \(script)" }

  private static let markStart = "# snapsh schedule "

  static func marked(_ line: some StringProtocol) -> (name: String, script: String)? {
    guard line.hasPrefix(markStart) else { return nil }
    let rest = line.dropFirst(markStart.count)
    guard let blank = rest.firstIndex(of: " "), rest[blank...].hasPrefix(" of ") else { return nil }
    return (String(rest[..<blank]), String(rest[blank...].dropFirst(4)))
  }
}

/// What is scheduled, as it stands on this machine.
struct ScheduledRun: Sendable {
  let name: String
  let script: String
  /// `02:30`, or what a person has made of it.
  let daily: String
  /// Nil for the machine's own.
  let zone: String?
  let scheduler: Scheduler
  /// Where what it says can be read.
  let log: String
}

/// What starts scripts at their time.
enum Scheduler: String, CaseIterable, Sendable { case systemd, cron }
