import GRDB

/// Why the journal can't be read or written; then nothing is sent.
package struct JournalError: Error, Sendable, Hashable {
  package let problem: Problem
  package let path: String

  package enum Problem: Sendable, Hashable {
    /// The words of SQLite or of the operating system.
    case unusable(String)
    case newer(version: Int)
    /// It was given up before it was written.
    case cancelled
    /// The plan has been carried out, or begun, by that run.
    case alreadyApplied(run: Int)
  }

  package init(problem: Problem, path: String) {
    self.problem = problem
    self.path = path
  }
}

extension JournalError {
  init(_ error: any Error, path: String) {
    if error is CancellationError {
      self = JournalError(problem: .cancelled, path: path)
      return
    }
    let words =
      if let error = error as? DatabaseError {
        error.message ?? error.resultCode.description
      } else {
        "\(error)"
      }
    self = error as? JournalError ?? JournalError(problem: .unusable(words), path: path)
  }
}
