import CloudAPI
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
  /// Whether the run has sent something before.
  let hasSent: Bool

  private var nothing: String { hasSent ? "nothing more was sent" : "nothing was sent" }

  /// From this many on, or with a production profile, the number has to be typed.
  private static let manyFrom = 20

  var isNeeded: Bool { !settings.isYes && !settings.isDryRun }

  /// What else may be answered than yes and no.
  struct Choices {
    /// A snapshot of each slice first.
    var canGuard = false
    /// A plan in place of doing it.
    var canPlan = false
  }

  /// Whether there is somebody who can be asked.
  var canAskNow: Bool { canAsk && settings.mayAsk }

  /// A yes or a no.
  ///
  /// - Throws: `Failure` of kind denied with exit code 6, or `Cancelled`.
  func confirm(_ text: String, isCancelled: () -> Bool) throws -> Bool {
    guard canAskNow else {
      throw Failure(
        .denied, "'\(text)' needs a yes, and there is nobody to ask", help: "run it with --yes",
        exitCode: ExitCode.declined)
    }
    tcflush(0, TCIFLUSH)
    console.prompt("\(text) [y/N] ")
    return ["y", "yes"].contains(try line(isCancelled).lowercased())
  }

  enum Answer { case goOn, guardFirst, plan }

  /// - Throws: `Failure` of kind denied with exit code 6, or `Cancelled`.
  func agree(
    to steps: [Step], _ choices: Choices = Choices(), _ report: Changes.Report? = nil,
    isCancelled: () -> Bool
  ) throws -> Answer {
    guard isNeeded, !steps.isEmpty else { return .goOn }
    let what = Self.words(steps)
    guard canAsk, settings.mayAsk else {
      throw Failure(
        .denied, "\(what) needs a yes, and there is nobody to ask; \(nothing)",
        help: "look with --dry-run, then run it with --yes", exitCode: ExitCode.declined)
    }
    for rows in report?.tables ?? [steps.map { ChangeRecords.plan($0) }] {
      console.block(try table(rows))
    }
    if steps.count > 1 { console.line(Self.totals(steps)) }
    // What was typed ahead was no answer to this.
    tcflush(0, TCIFLUSH)
    let yes = steps.count >= Self.manyFrom || settings.isProduction ? String(steps.count) : "y"
    var isGuarded = false
    while true {
      console.prompt(
        "\(what) on profile '\(settings.profile)'\(isGuarded ? ", with guards" : "")? \(options(yes, choices)) "
      )
      switch try line(isCancelled).lowercased() {
      case yes, yes == "y" ? "yes" : yes: return isGuarded ? .guardFirst : .goOn
      case "g" where choices.canGuard:
        // The number is to be typed in any case.
        if yes == "y" { return .guardFirst }
        isGuarded = true
      case "p" where choices.canPlan: return .plan
      case "?": console.line(explanation(yes, choices))
      default: throw Failure(.denied, "declined; \(nothing)", exitCode: ExitCode.declined)
      }
    }
  }

  /// `[y/N/g/p/?]`, or `[type 25 to go on, or g, p, ?]`.
  private func options(_ yes: String, _ choices: Choices) -> String {
    let more = (choices.canGuard ? ["g"] : []) + (choices.canPlan ? ["p"] : []) + ["?"]
    return yes == "y"
      ? "[" + (["y", "N"] + more).joined(separator: "/") + "]"
      : "[type \(yes) to go on, or \(more.joined(separator: ", "))]"
  }

  private func explanation(_ yes: String, _ choices: Choices) -> String {
    var lines = ["\(yes): do it", "n, or anything else: do nothing"]
    if choices.canGuard {
      lines.append("g: take a snapshot of each slice first, wait for it, then restore")
    }
    if choices.canPlan { lines.append("p: write a plan to a file instead, for 'apply'") }
    return lines.joined(separator: "\n")
  }

  /// `3 snapshots of 2 slices, 12 GB`.
  private static func totals(_ steps: [Step]) -> String {
    let slices = Set(steps.map(\.slice)).count
    let sizes = steps.compactMap { $0.snapshot?.gigabytes }
    let size = sizes.isEmpty ? "" : ", \(sizes.reduce(0, +)) GB"
    return
      "\(steps.count) snapshots of \(slices) \(slices == 1 ? "slice" : "slices")\(size)"
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

  private func table(_ rows: [Value]) throws -> String {
    var text = ""
    let writer = ValueWriter(style: console.style(.table, for: 2))
    try writer.write(.rows(RowStream(rows))) { text += $0 }
    return text
  }

  /// A line from the terminal, looking for a cancellation meanwhile.
  private func line(_ isCancelled: () -> Bool) throws -> String {
    var bytes: [UInt8] = []
    while true {
      if isCancelled() {
        console.signal("\n")
        throw Cancelled()
      }
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

extension Changes.Report {
  /// What a question shows: for each slice how many go and stay, then what goes, and why.
  fileprivate var tables: [[Value]] {
    let doomed = judged.filter { $0.recordValue?["action"]?.stringValue == "delete" }
    return [counts, doomed]
  }
}
