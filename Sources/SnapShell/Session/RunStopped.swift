import SnapCommands
import SnapLanguage
import SnapRun

/// Something has happened in a run after which nothing more of it may be sent. No `catch` sees it: a
/// script that went on would take for done what was never sent.
struct RunStopped: Error {
  let failure: Failure

  init(_ stop: Run.Stop) {
    let (words, code): (String, Int32) =
      switch stop {
      case .restoreInDoubt: ("a restore's outcome is unknown", ExitCode.unknownOutcome)
      case .refused:
        ("the cloud refused the token or its answers can't be trusted", ExitCode.authentication)
      case .failures: ("too many changes have failed", ExitCode.someFailed)
      case .journal: ("the journal can't be written", ExitCode.failed)
      }
    failure = Failure(
      .denied, "the run has stopped: \(words); nothing more was sent", exitCode: code)
  }
}
