/// The exit codes of snapsh, as docs/errors.md lists them.
package enum ExitCode {
  package static let done: Int32 = 0
  package static let failed: Int32 = 1
  package static let usage: Int32 = 2
  package static let someFailed: Int32 = 3
  package static let authentication: Int32 = 4
  package static let unknownOutcome: Int32 = 5
  package static let declined: Int32 = 6
  package static let stale: Int32 = 7
  package static let timedOut: Int32 = 124
  package static let interrupted: Int32 = 130
}

/// The wish of `exit`, which ends a script or a session. `catch` never sees it.
package struct ExitRequest: Error {
  package let code: Int32
  package init(code: Int32) { self.code = code }
}
