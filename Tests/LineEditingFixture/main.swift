import Glibc
import LineEditing

// A small program around the editor, for the tests to drive on a pseudo-terminal: it prints how each
// read ended, and obeys a few lines.

let options = FixtureOptions(CommandLine.arguments.dropFirst())
if let writer = options.appending, let path = options.history {
  exit(appendEntries(writer, to: path) ? 0 : 1)
}
let history = History(file: options.history)
let delegate = FixtureDelegate(history: history)
let editor = LineEditor(
  configuration: options.configuration, history: history, delegate: delegate)

if let editor {
  async let _: Void = obeyOrders(options.orders, editor)
  say("ready")
  await converse(editor)
  say("bye")
  exit(0)
} else if let reader = PlainLineReader() {
  say("plain")
  while case .line(let line) = await reader.readLine(prompt: isatty(0) == 1 ? "> " : "") {
    say("line <\(line)>")
  }
  say("bye")
}

func appendEntries(_ writer: String, to path: String) -> Bool {
  let history = History(file: path)
  for number in 0..<100 {
    guard let id = history.begin("\(writer) \(number)", at: microseconds()) else { return false }
    history.end(id, duration: number, code: 0)
    if number % 40 == 39 {
      do { try HistoryFile(path: path).compact(limit: 10_000) } catch { return false }
    }
  }
  return true
}

func converse(_ editor: LineEditor) async {
  while true {
    switch await editor.readLine() {
    case .line(let line):
      say(
        "line <\(line.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "|"))>"
      )
      let id = history.begin(line, at: microseconds())
      run(line)
      if let id { history.end(id, duration: 1, code: 0) }
    case .interrupted: say("interrupted")
    case .endOfInput: return say("end of input")
    case .hangup: return
    case .failed(let errno): return say("failed \(errno)")
    }
  }
}

func microseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
}

func run(_ line: String) {
  switch line {
  case "mode": say(terminalMode())
  case "pause":
    waitForInterrupt()
  case "partial": _ = write(1, "no newline", 10)
  case "crash": raise(SIGTERM)
  default: break
  }
}

func terminalMode() -> String {
  var mode = termios()
  tcgetattr(0, &mode)
  let flags = [("icanon", ICANON), ("echo", ECHO), ("isig", ISIG)]
  return flags.map { mode.c_lflag & tcflag_t($0.1) != 0 ? $0.0 : "-" + $0.0 }
    .joined(separator: " ")
}

/// Lines of a FIFO: what another thread would do to the editor.
func obeyOrders(_ path: String?, _ editor: LineEditor) async {
  guard let path else { return }
  let descriptor = open(path, O_RDWR | O_CLOEXEC)
  guard let reader = PlainLineReader(input: descriptor) else { return }
  while case .line(let line) = await reader.readLine() {
    switch line {
    case "cancel": editor.cancel()
    case "exit": exit(3)
    default: editor.post(line)
    }
  }
}

func say(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = write(1, bytes, bytes.count)
}
