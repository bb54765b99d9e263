import CloudAPI
import CloudClient
import SnapCommands
import SnapLanguage
import SnapRun

/// What a person is told about the results of changes, and which failure they make.
struct RunSummary {
  private let results: [StepResult]

  init(_ results: [StepResult]) { self.results = results }

  var rows: [Value] { results.map(ChangeRecords.result) }

  var isSuccess: Bool { results.allSatisfy(\.outcome.isSuccess) }

  /// `restore 14901 'auto-1' → web-01: accepted`.
  static func line(_ result: StepResult) -> String {
    let detail =
      switch result.outcome {
      case .failed(let error), .unknown(let error): ": \(error)"
      case .changed(let drift): ": \(drift)"
      case .neverSeen: ": the cloud accepted it, and no list shows it"
      case .vanished:
        result.step.verb == .restore
          ? ": its row vanished; the slice's data is unknown" : ": its row vanished"
      case .accepted where !result.candidates.isEmpty, .done where !result.candidates.isEmpty:
        ": it may be each of " + result.candidates.map(\.description).joined(separator: ", ")
      case .done where result.step.verb == .create:
        result.snapshot.map { " (id \($0))" } ?? ""
      case .before(_, let words?): ": \(words)"
      default: ""
      }
    return "\(result.step.summary): \(result.outcome.word)\(detail)"
  }

  /// `3 done, 1 failed, 2 not started`.
  var text: String {
    var counts: [(word: String, count: Int)] = []
    for result in results {
      let word = result.outcome.word
      if let index = counts.firstIndex(where: { $0.word == word }) {
        counts[index].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    return counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
  }

  /// Nil when nothing that was sent went wrong.
  var failure: Failure? {
    if let unknown = results.first(where: \.outcome.isUnknown) {
      return Failure(
        .unknown, "it is not known whether this was done: \(unknown.step.summary)",
        help: "look with 'ls' before you do it again", item: Self.item(unknown),
        status: unknown.outcome.error?.status, exitCode: ExitCode.unknownOutcome)
    }
    let failed = results.filter { result in
      switch result.outcome {
      case .failed, .changed, .vanished, .before(.failed, _): true
      default: false
      }
    }
    guard let first = failed.first else { return timeout }
    if let error = first.outcome.error {
      var failure = Failure(error, notFound: "not found")
      failure.message = "\(first.step.summary): \(failure.message)"
      failure.item = Self.item(first)
      if failure.exitCode == nil, results.count > 1 { failure.exitCode = ExitCode.someFailed }
      return failure
    }
    return Failure(
      .unknown, RunSummary.line(first), item: Self.item(first),
      exitCode: results.count > 1 ? ExitCode.someFailed : ExitCode.failed)
  }

  /// What kept steps from being sent, where that was no cancellation; nil when all were.
  var notStarted: Failure? {
    let left = results.filter { result in
      switch result.outcome {
      case .notStarted, .before(.planned, _): true
      default: false
      }
    }
    guard let first = left.first else { return nil }
    let more = left.count > 1 ? " and \(left.count - 1) more" : ""
    return Failure(
      .conflict, "not sent: \(first.step.summary)\(more)",
      help: "what it needs isn't there: the snapshot that it works on, or its complete guard",
      item: Self.item(first),
      exitCode: results.count > 1 ? ExitCode.someFailed : ExitCode.failed)
  }

  private var timeout: Failure? {
    let late = results.count { if case .timedOut = $0.outcome { true } else { false } }
    guard late > 0 else { return nil }
    return Failure(
      .timeout, "the time to wait is over for \(late); the cloud goes on",
      help: "'wait' waits again", exitCode: ExitCode.timedOut)
  }

  private static func item(_ result: StepResult) -> Value? {
    result.snapshot.map { .int($0.rawValue) } ?? .int(result.step.slice.rawValue)
  }
}
