import Foundation
import Testing

/// Several processes on one data folder.
@Suite struct SharedFolderTests {
  @Test("commands that run at the same time on one folder all do their work")
  func parallelCommands() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(slices: ["a", "b", "c"])
    let result = try sandbox.run(
      """
      for slice in a b c; do
        for n in 1 2; do snapsh -q create $slice $slice$n --wait & done
      done
      wait
      snapsh -c 'for s in $(ls | sort-by name) print $s.name'
      """)
    #expect(result.output == "a1\na2\nb1\nb2\nc1\nc2\n")
  }

  @Test("a server and the shell on one folder show and change the same")
  func serverAndCommands() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(slices: ["web-01"], snapshots: [("web-01", "first")])
    let server = try RunningProgram(
      sandbox, ["serve", "--listen", "127.0.0.1:0"], environment: ["SNAPSH_TOKEN": "x"])
    let client = ["SNAPSH_ENDPOINT": try server.value(after: " at "), "SNAPSH_TOKEN": "x"]
    #expect(
      try sandbox.snapsh("create", "web-01", "second", "--wait", environment: client).code == 0)
    #expect(try sandbox.snapsh("rename", "first", "renamed", "--wait").code == 0)
    for environment in [client, [:]] {
      let names = try sandbox.snapsh(
        "-o", "csv", "-c", "ls | select name", environment: environment)
      #expect(names.output == "name\nrenamed\nsecond\n")
    }
    server.signal(SIGTERM)
    #expect(server.waitForExit() == 0)
  }

  @Test("after a kill in the middle of a restore the disk is whole, and the slice is free")
  func killedRestore() throws {
    let sandbox = try Sandbox()
    let (old, new) = (Data(repeating: 1, count: 48 << 20), Data(repeating: 2, count: 48 << 20))
    try old.write(to: URL(filePath: "\(sandbox.folder)/image"))
    let added = try sandbox.run(
      "snapsh local add web-01 --image image && snapsh create web-01 a --wait")
    #expect(added.code == 0, "\(added.output)")
    let path = try sandbox.snapsh("-c", "print $(local disk web-01)").output
    let disk = URL(filePath: path.trimmingCharacters(in: .newlines))
    try new.write(to: disk)

    let restore = try RunningProgram(sandbox, ["restore", "a", "--yes", "--wait"])
    try restore.wait(for: "accepted")
    restore.signal(SIGKILL)
    #expect(restore.waitForExit() == 128 + SIGKILL)

    let next = try sandbox.snapsh("ls", "-o", "jsonl")
    #expect(next.code == 0)
    #expect(next.output.contains(#""in_progress":null"#))
    let bytes = try Data(contentsOf: disk)
    #expect(bytes == old || bytes == new)
    #expect(try sandbox.snapsh("create", "web-01", "b", "--wait").code == 0)
  }

  @Test("a copy that fails half way is not called done, and leaves nothing behind")
  func fullDisk() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(slices: ["web-01"])
    let path = try sandbox.snapsh("-c", "print $(local disk web-01)").output
    let disk = try FileHandle(forUpdating: URL(filePath: path.trimmingCharacters(in: .newlines)))
    try disk.write(contentsOf: Data(repeating: 1, count: 1 << 20))
    // The limit on a file's size meets the copy as a full disk would.
    let result = try sandbox.run(
      "trap '' XFSZ; ulimit -f 512; snapsh create web-01 a --wait --wait-timeout 2s; echo code $?")
    #expect(!result.output.contains("done"), "\(result.output)")
    #expect(!result.output.contains("code 0"), "\(result.output)")
    #expect(try sandbox.snapsh("ls").errors == "no rows\n")
    #expect(try sandbox.snapsh("create", "web-01", "b", "--wait").code == 0)
  }
}
