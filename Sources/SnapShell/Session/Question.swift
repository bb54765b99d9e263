import Glibc
import SnapCommands
import SnapLanguage
import SnapOutput
import SnapRun

/// Asks a person before data is destroyed: once, with all that would be touched.
struct Question {
  let settings: Settings
  let console: Console
  /// Whether stdin is a terminal at which a person sits.
  let canAsk: Bool

  /// From this many on, or with a production profile, the number has to be typed.
  private static let manyFrom = 20

  var isNeeded: Bool { !settings.isYes && !settings.isDryRun }

  /// - Throws: `Failure` of kind denied with exit code 6, or `Cancelled`.
  func agree(to steps: [Step], isCancelled: () -> Bool) throws {
    guard isNeeded, !steps.isEmpty else { return }
    let what = Self.words(steps)
    guard canAsk, settings.mayAsk else {
      throw Failure(
        .denied, "\(what) needs a yes, and there is nobody to ask; nothing was sent",
        help: "look with --dry-run, then run it with --yes", exitCode: ExitCode.declined)
    }
    console.block(try table(steps))
    // What was typed ahead was no answer to this.
    tcflush(0, TCIFLUSH)
    let needsNumber = steps.count >= Self.manyFrom || settings.isProduction
    let choice = needsNumber ? "type \(steps.count) to go on" : "y/N"
    console.prompt("\(what) on profile '\(settings.profile)'? [\(choice)] ")
    let answer = try Self.line(isCancelled)
    let isAgreed =
      needsNumber ? answer == String(steps.count) : ["y", "yes"].contains(answer.lowercased())
    guard isAgreed else {
      throw Failure(.denied, "declined; nothing was sent", exitCode: ExitCode.declined)
    }
  }

  /// `restore 3 snapshots`, `restore 1 and delete 2 snapshots`.
  private static func words(_ steps: [Step]) -> String {
    let restores = steps.count { $0.verb == .restore }
    let deletions = steps.count - restores
    var parts: [String] = []
    if restores > 0 { parts.append("restore \(restores)") }
    if deletions > 0 { parts.append("delete \(deletions)") }
    return parts.joined(separator: " and ") + (steps.count == 1 ? " snapshot" : " snapshots")
  }

  private func table(_ steps: [Step]) throws -> String {
    var text = ""
    let writer = ValueWriter(style: console.style(.table, for: 2))
    try writer.write(.rows(RowStream(steps.map(ChangeRecords.plan)))) { text += $0 }
    return text
  }

  /// A line from the terminal, looking for a cancellation meanwhile.
  private static func line(_ isCancelled: () -> Bool) throws -> String {
    var bytes: [UInt8] = []
    while true {
      if isCancelled() { throw Cancelled() }
      var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 100) > 0 else { continue }
      var byte: UInt8 = 0
      let count = read(0, &byte, 1)
      if count < 0, errno == EINTR { continue }
      if count <= 0 || byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
  }
}
