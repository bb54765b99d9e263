import CEditline
import Glibc
import SnapCommands
import SnapLanguage
import SnapOutput

/// Output for a person at a terminal: what is longer than the screen goes through a pager.
///
/// It belongs to one thread, which it may block.
final class Pager {
  private let console: Console
  private let command: String
  private let environment: [String: String]
  private let cancellation: Cancellation
  private let size: (rows: Int, columns: Int)
  /// What came while it still fitted on the screen.
  private var held = ""
  private var heldRows = 0
  private var process: PagerProcess?
  private var isOff = false

  /// Nil: stdout is no terminal, or no pager is wanted.
  init?(
    console: Console, command: String?, environment: [String: String], cancellation: Cancellation
  ) {
    guard console.outIsTerminal, let size = console.size(of: 1),
      let command = Self.command(command, environment)
    else { return nil }
    self.console = console
    self.command = command
    self.environment = environment
    self.cancellation = cancellation
    self.size = size
  }

  /// The setting, else `PAGER`, else `less` where the machine has it; `cat` and an empty one mean
  /// none.
  private static func command(_ setting: String?, _ environment: [String: String]) -> String? {
    let command = setting ?? environment["PAGER"] ?? defaultCommand(environment)
    return ["", "cat"].contains(command.filter { $0 != " " }) ? nil : command
  }

  private static func defaultCommand(_ environment: [String: String]) -> String {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    return folders.contains { access("\($0)/less", X_OK) == 0 } ? "less" : ""
  }

  /// - Throws: `PagerClosed` when the person has read enough, `Cancelled`, or what the console throws.
  func write(_ text: String) throws {
    if isOff { return try console.data(text) }
    if let process { return try process.write(text, cancellation) }
    held += text
    heldRows += rows(of: text)
    // The prompt needs a row too.
    guard heldRows >= size.rows else { return }
    console.clearPassing()
    process = PagerProcess(command: command, environment: environment)
    isOff = process == nil
    let first = held
    held = ""
    try write(first)
  }

  private func rows(of text: String) -> Int {
    text.split(separator: "\n").reduce(0) { rows, line in
      rows + max(1, (TerminalText.visibleWidth(String(line)) + size.columns - 1) / size.columns)
    }
  }

  /// Writes what is held back, or waits until the person leaves the pager.
  func finish() throws {
    process?.finish()
    process = nil
    let rest = held
    held = ""
    if !rest.isEmpty { try console.data(rest) }
  }
}

/// The person has left the pager.
struct PagerClosed: Error {}

/// A running pager, which reads from a pipe.
private struct PagerProcess {
  private let process: pid_t
  private let pipe: Int32
  /// The mode that the terminal is to have afterwards, however the pager ends.
  private var mode = termios()

  /// Nil when it can't be started.
  init?(command: String, environment: [String: String]) {
    var ends: [Int32] = [0, 0]
    guard ced_pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    // The pager waits for its input. Our end doesn't block: Ctrl-C must be seen meanwhile.
    _ = fcntl(ends[0], F_SETFL, 0)
    tcgetattr(1, &mode)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    // It stays in the group of the terminal's foreground, and has the default actions for signals.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // Quit when all fits, colours, leave the text on the screen.
    let defaults = environment["LESS"] == nil ? ["LESS": "FRX"] : [:]
    let variables = environment.merging(defaults) { $1 }.filter { $0.key != "SNAPSH_TOKEN" }
    let texts: [String] = ["/bin/sh", "-c", command]
    let words = texts.map { strdup($0) } + [nil]
    let values = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for copy in words + values { free(copy) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", &actions, &attributes, words, values) == 0 else {
      close(ends[1])
      return nil
    }
    self.process = process
    pipe = ends[1]
  }

  /// - Throws: `PagerClosed`, or `Cancelled`.
  func write(_ text: String, _ cancellation: Cancellation) throws {
    var text = text
    try text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        try cancellation.check()
        let count = Glibc.write(pipe, start, rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno == EAGAIN {
          var waiting = pollfd(fd: pipe, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, 100)
        } else if errno != EINTR {
          throw PagerClosed()
        }
      }
    }
  }

  /// Ends its input, waits until it has ended, and puts the terminal's mode back.
  func finish() {
    close(pipe)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    var mode = mode
    tcsetattr(1, TCSADRAIN, &mode)
  }
}
