import Glibc
import TerminalKit
import Testing

@Suite struct `The terminal around a read` {
  private func order(_ text: String, at path: String) {
    let descriptor = open(path, O_WRONLY)
    let bytes = Array((text + "\n").utf8)
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
  }

  @Test func `is in its normal mode between two reads`() throws {
    let terminal = try startFixture()
    terminal.send("mode\r")
    try terminal.wait(for: "\nicanon echo isig")
  }

  @Test func `turns Ctrl-C into a signal between two reads`() throws {
    let terminal = try startFixture()
    terminal.send("pause\r")
    try terminal.wait(for: "\npausing")
    terminal.send(Key.control("C"))
    try terminal.wait(for: "sigint")
    try terminal.waitForPrompt()
  }

  @Test func `keeps what is typed ahead`() throws {
    let terminal = try startFixture()
    terminal.send("pause\r")
    try terminal.wait(for: "\npausing")
    terminal.signal(SIGINT)
    terminal.send("li")
    try terminal.wait(line: "> li")
    terminal.send("st\r")
    try terminal.wait(for: "line <list>")
  }

  @Test func `is restored when a signal ends the program`() throws {
    let terminal = try startFixture()
    try terminal.wait(until: { $0.modes.contains(2004) })
    terminal.send("abc")
    try terminal.wait(line: "> abc")
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForExit() == 128 + SIGTERM)
    #expect(terminal.screen.modes == [25])
    #expect(terminal.isCanonical)
  }

  @Test func `is restored when another thread ends the program`() throws {
    let folder = try TemporaryFolder()
    let fifo = folder.file("orders")
    #expect(mkfifo(fifo, 0o600) == 0)
    let terminal = try startFixture(["--orders", fifo])
    order("exit", at: fifo)
    #expect(try terminal.waitForExit() == 3)
    #expect(terminal.isCanonical)
  }

  @Test func `shows what another thread posts above the prompt`() throws {
    let folder = try TemporaryFolder()
    let fifo = folder.file("orders")
    #expect(mkfifo(fifo, 0o600) == 0)
    let terminal = try startFixture(["--orders", fifo], rows: 6, columns: 20)
    terminal.send(String(repeating: "abcdefghij", count: 3) + Key.control("A"))
    try terminal.wait(until: { $0.column == 2 && $0.text.contains("ghij") })
    for number in 1...4 { order("finished \(number)", at: fifo) }
    try terminal.wait(until: {
      $0.text.hasSuffix("finished 4\n> abcdefghijabcdefgh\nijabcdefghij") && $0.column == 2
    })
    terminal.send("x\r")
    try terminal.wait(until: { $0.transcript.contains("line <xabc") })
    #expect(terminal.screen.unknown == [])
  }

  @Test func `lets another thread cancel the read`() throws {
    let folder = try TemporaryFolder()
    let fifo = folder.file("orders")
    #expect(mkfifo(fifo, 0o600) == 0)
    let terminal = try startFixture(["--orders", fifo])
    terminal.send("abc")
    try terminal.wait(line: "> abc")
    order("cancel", at: fifo)
    try terminal.wait(for: "> abc^C\ninterrupted")
  }

  @Test func `may change its size at any time`() throws {
    let terminal = try startFixture(rows: 10, columns: 40)
    terminal.send("say " + String(repeating: "z", count: 100))
    try terminal.wait(until: { $0.text.count { $0 == "z" } == 100 })
    for (rows, columns) in [(10, 20), (3, 80), (24, 100), (2, 5), (24, 80)] {
      terminal.resize(rows: rows, columns: columns)
      terminal.send("y")
    }
    try terminal.wait(until: { $0.text.contains("zyyyyy") })
    terminal.send(Key.enter)
    try terminal.wait(until: { $0.transcript.contains("yyyyy>") })
    #expect(terminal.screen.unknown == [])
  }

  @Test func `wraps a line anew when it becomes narrower`() throws {
    let terminal = try startFixture(rows: 10, columns: 40)
    terminal.send(String(repeating: "0123456789", count: 3))
    try terminal.wait(line: "> 012345678901234567890123456789")
    terminal.resize(rows: 10, columns: 20)
    try terminal.wait(until: { $0.text == "ready\n> 012345678901234567\n890123456789" })
  }

  @Test func `that can't be drawn on gets plain lines and a prompt`() throws {
    let terminal = try Terminal(
      program: BuiltProgram("LineEditingFixture").path, environment: ["TERM": "dumb"])
    try terminal.wait(for: "plain\n>")
    terminal.send("list\r")
    try terminal.wait(for: "line <list>")
    terminal.send(Key.control("D"))
    #expect(try terminal.waitForExit() == 0)
  }

  @Test func `that goes away ends the program`() throws {
    let terminal = try startFixture()
    terminal.hangUp()
    #expect(try terminal.waitForExit() == 128 + SIGHUP)
  }
}
