import CEditline
import Glibc

/// A process in a session of its own whose controlling terminal is a new pseudo-terminal.
struct PseudoTerminalChild {
  let process: Int32
  /// The side of the keyboard and the screen.
  let descriptor: Int32

  init(
    program: String, arguments: [String], environment: [String: String], rows: Int, columns: Int
  ) throws(TerminalError) {
    var primary: Int32 = -1
    var secondary: Int32 = -1
    guard ced_pty_open(&primary, &secondary, Int32(rows), Int32(columns)) == 0 else {
      throw .noTerminal(errno: errno)
    }
    defer { close(secondary) }
    var name = [CChar](repeating: 0, count: 128)
    ced_pty_name(primary, &name, name.count)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its controlling terminal.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    // POSIX_SPAWN_SETSID, a macro that Swift doesn't see.
    let newSession: Int32 = 0x80
    posix_spawnattr_setflags(
      &attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for copy in words + variables { free(copy) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, program, &actions, &attributes, words, variables)
    guard error == 0 else {
      close(primary)
      throw .notStarted(program: program, errno: error)
    }
    _ = fcntl(primary, F_SETFL, O_NONBLOCK)
    self.process = process
    descriptor = primary
  }
}
