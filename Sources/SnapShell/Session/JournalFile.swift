import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

/// The journal of this user, opened at the first need.
final class JournalFile: Sendable {
  private let folder: String
  private let open = Mutex<Journal?>(nil)

  init(folder: String) { self.folder = folder }

  /// - Throws: `JournalError`.
  func opened() throws(JournalError) -> Journal {
    let folder = folder
    // Where commands are only declared there is none.
    guard !folder.isEmpty else {
      throw JournalError(problem: .unusable("it has no folder"), path: "")
    }
    let result: Result<Journal, JournalError> = open.withLock { open in
      if let open { return .success(open) }
      Folders.create(folder)
      do throws(JournalError) {
        let journal = try Journal(folder: folder) { Clock.microseconds() }
        open = journal
        return .success(journal)
      } catch { return .failure(error) }
    }
    return try result.get()
  }
}

extension JournalFile {
  /// - Throws: `Failure`.
  func use<Result>(_ body: (Journal) throws -> Result) throws -> Result {
    do { return try body(try opened()) } catch let error as JournalError { throw Failure(error) }
  }
}

extension Failure {
  /// `isSending` adds what that means for changes.
  init(_ error: JournalError, isSending: Bool = false) {
    let more = isSending ? "; nothing more was sent" : ""
    switch error.problem {
    case .unusable(let words):
      self.init(
        .unknown, "the journal can't be used: \(words)\(more)",
        help: "it is \(error.path)", exitCode: ExitCode.failed)
    case .newer(let version):
      self.init(
        .unknown, "the journal is of a newer version (\(version)) of snapsh\(more)",
        help: "it is \(error.path)", exitCode: ExitCode.failed)
    case .cancelled: self.init(.cancelled, "interrupted\(more)", exitCode: ExitCode.interrupted)
    case .alreadyApplied(let run): self.init(planAppliedBy: run)
    }
  }

  init(planAppliedBy run: Int) {
    self.init(
      .denied, "the plan was carried out by run \(run); nothing was sent",
      help: "'runs show \(run)' shows what became of it", exitCode: ExitCode.stale)
  }
}
