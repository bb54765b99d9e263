import Glibc

package enum TerminalError: Error, CustomStringConvertible {
  case timedOut(waitingFor: String, line: Int, screen: String)
  case noTerminal(errno: Int32)
  case noFolder(errno: Int32)
  case notStarted(program: String, errno: Int32)

  package var description: String {
    switch self {
    case .timedOut(let what, let line, let screen):
      "line \(line): waited in vain for \(what); on the screen:\n\(screen)"
    case .noTerminal(let errno): "no pseudo-terminal: \(String(cString: strerror(errno)))"
    case .noFolder(let errno): "no temporary folder: \(String(cString: strerror(errno)))"
    case .notStarted(let program, let errno):
      "can't start \"\(program)\": \(String(cString: strerror(errno)))"
    }
  }
}

/// The end of a wait.
struct Deadline {
  private let end: ContinuousClock.Instant

  init() {
    let patience = getenv("SNAPSH_TEST_PATIENCE").flatMap { Double(String(cString: $0)) } ?? 1
    end = ContinuousClock.now + .seconds(5 * patience)
  }

  var isOver: Bool { ContinuousClock.now > end }
}
