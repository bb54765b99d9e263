import Foundation
import Testing

/// Plugins that break the rules. After each the same session goes on.
struct RudePluginTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let code: String
    /// A part of the error.
    let expected: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "dies", code: "sys.exit(3)", expected: "ended in the middle (exit code 3)"),
    Case(
      name: "is killed", code: "os.kill(os.getpid(), 9)", expected: "ended in the middle (signal 9)"
    ),
    Case(
      name: "dies with a word on stderr", code: "print('no disk', file=sys.stderr); sys.exit(1)",
      expected: "its stderr ended with: no disk"),
    Case(name: "is silent", code: "time.sleep(60)", expected: "said nothing for 1 s"),
    Case(
      name: "ends its stdout alone", code: "os.close(1); time.sleep(60)",
      expected: "closed its stdout in the middle"),
    Case(
      name: "writes noise", code: "say('hello, I am a print'); time.sleep(60)",
      expected: "wrote a line to stdout that is no JSON: 'hello, I am a print'"),
    Case(
      name: "sends a line of more than 16 MiB",
      code: "say('\"' + 'x' * (17 << 20) + '\"'); time.sleep(60)",
      expected: "sent a line of more than 16 MiB"),
    Case(
      name: "sends an endless line", code: "\n".appending("while True: os.write(1, b'x' * 65536)"),
      expected: "sent a line of more than 16 MiB"),
    Case(
      name: "sends JSON that is no message", code: "say('[1, 2]'); time.sleep(60)",
      expected: "sent a message that is no object"),
    Case(
      name: "sends rows without credit",
      code: """
        answer({"stream": 7})
        for i in range(9): say(json.dumps({"jsonrpc": "2.0", "method": "s/data", "params": {"id": 7, "items": [{"n": i}]}}))
        time.sleep(60)
        """, expected: "said nothing for 1 s"),
    Case(
      name: "sends rows for nobody",
      code:
        #"say(json.dumps({"jsonrpc": "2.0", "method": "s/data", "params": {"id": 99, "items": []}})); time.sleep(60)"#,
      expected: "sent rows for the stream 99, which is not open"),
    Case(
      name: "never ends its stream",
      code: """
        answer({"stream": 7})
        say(json.dumps({"jsonrpc": "2.0", "method": "s/data", "params": {"id": 7, "items": [{"n": 1}]}}))
        time.sleep(60)
        """, expected: "said nothing for 1 s"),
    Case(
      name: "ends its stream with an error",
      code: """
        answer({"stream": 7})
        say(json.dumps({"jsonrpc": "2.0", "method": "s/end", "params": {"id": 7, "error": {"code": 1, "message": "the tape is torn"}}}))
        time.sleep(60)
        """, expected: "the tape is torn"),
    Case(
      name: "asks for what it may not",
      code: """
        say(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "api/get", "params": {"call": message["params"]["call"]}}))
        answer({"value": json.loads(sys.stdin.readline())["error"]["message"]})
        """, expected: "has no permission 'api:read'"),
    Case(
      name: "floods stderr",
      code: """
        for i in range(100000): print("noise", i, file=sys.stderr)
        sys.exit(2)
        """, expected: "(more of its stderr is not shown)"),
  ]

  @Test(
    "A plugin that breaks the rules gets a clear error, and the shell goes on", arguments: cases)
  func rude(_ rude: Case) throws {
    let box = try PluginBox()
    try box.add(
      "rude", provides: PluginBox.go(#","silence_ms":1000"#), python: PluginBox.rude(rude.code))
    let result = try box.sandbox.snapsh(
      "-c", "try { rude.go | print } catch e { print $e.message }\nprint \"still here\"")
    let said = result.output + result.errors
    if rude.expected.hasPrefix("its stderr") {
      let plain = try box.sandbox.snapsh("-c", "rude.go")
      #expect(plain.errors.contains(rude.expected), "\(plain.errors)")
      #expect(plain.code == 1)
    } else {
      #expect(said.contains(rude.expected), "\(said.prefix(2000))")
    }
    #expect(result.output.hasSuffix("still here\n"), "\(said.prefix(2000))")
    #expect(result.code == 0)
  }

  @Test("A plugin that doesn't answer 'initialize' is ended after 2 s")
  func mute() throws {
    let box = try PluginBox()
    try box.add("mute", provides: PluginBox.go(), python: "import time\ntime.sleep(60)")
    let result = try box.sandbox.snapsh("-c", "mute.go")
    #expect(result.code == 1)
    #expect(result.errors.contains("did not answer 'initialize' within 2 s"), "\(result.errors)")
  }

  @Test("A program that isn't there is named")
  func missing() throws {
    let box = try PluginBox()
    try box.add("gone", provides: PluginBox.go(), python: "")
    try box.sandbox.write(
      #"{"name":"gone","version":"1","protocol":[1,1],"run":["./nothing"],"provides":{"commands":[{"name":"go"}]}}"#,
      to: "gone/plugin.json")
    try box.add("gone")
    let result = try box.sandbox.snapsh("-c", "gone.go")
    #expect(result.code == 1)
    #expect(result.errors.contains("the plugin 'gone' can't be started"), "\(result.errors)")
  }

  @Test("Another version of the protocol is refused before the plugin is started")
  func version() throws {
    let box = try PluginBox()
    try box.sandbox.write(
      #"{"name":"new","version":"1","protocol":[2,3],"run":["./new"],"provides":{"commands":[{"name":"go"}]}}"#,
      to: "new/plugin.json")
    try box.sandbox.write("#!/bin/sh\ntouch \"$HOME/started\"\n", to: "new/new", mode: 0o755)
    try box.add("new")
    let result = try box.sandbox.snapsh("-c", "new.go")
    #expect(result.errors.contains("speaks version 2 to 3 of the protocol, and snapsh 1"))
    #expect(!FileManager.default.fileExists(atPath: "\(box.sandbox.folder)/started"))
  }

  @Test("Rows flow through a plugin in little memory, and the first ones end it early")
  func backPressure() throws {
    let box = try PluginBox()
    try box.add(
      "many", provides: PluginBox.go(#","columns":["n"]"#),
      python: """
        from snapsh_plugin import Plugin, Rows
        plugin = Plugin()
        @plugin.command("go")
        def go(call):
            return Rows({"n": n} for n in range(10 ** 9))
        plugin.run()
        """)
    let first = try box.sandbox.snapsh("-c", "many.go | first 3 | sum n")
    #expect(first.output == "3\n", "\(first.errors)")
    // 2 000 000 rows would be some 500 MB.
    let all = try box.sandbox.run(
      "ulimit -v 8000000; snapsh -c 'many.go | first 200000 | count'; echo $?")
    #expect(all.output == "200000\n0\n", "\(all.output)")
  }

  @Test("Ctrl-C reaches a plugin, which ends its call")
  func interrupted() throws {
    let box = try PluginBox()
    try box.add(
      "slow", provides: PluginBox.go(),
      python: """
        import sys, time
        from snapsh_plugin import Cancelled, Plugin, Rows
        plugin = Plugin()
        def rows(call):
            yield {"n": 1}
            while call.id not in plugin._cancelled:
                plugin._step()
            open(sys.argv[0] + ".cancelled", "w").close()
            raise Cancelled()
        @plugin.command("go")
        def go(call):
            return Rows(rows(call))
        plugin.batch_size = 1
        plugin.run()
        """)
    let process = box.sandbox.process(Sandbox.program, ["-c", "slow.go | count"], [:])
    try process.start()
    let mark = "\(box.folder)/slow/slow.cancelled"
    // The plugin runs as soon as it has written its compiled library.
    while !FileManager.default.fileExists(atPath: "\(box.folder)/slow/__pycache__") {
      #expect(process.isRunning)
      usleep(20_000)
    }
    usleep(300_000)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.exitCode == 130)
    #expect(FileManager.default.fileExists(atPath: mark))
  }
}
