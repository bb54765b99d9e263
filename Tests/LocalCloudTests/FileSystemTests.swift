import CloudAPI
import LocalCloud
import Testing

/// A slice with a real ext4 file system, made and changed without mounting it.
@Suite struct FileSystemTests {
  @Test("a restore brings back the files of a file system, which is clean")
  func ext4() async throws {
    try await TestCloud.serve { cloud in
      let folder = cloud.folder.path
      let disk = try await cloud.cloud.addSlice(name: "db-01", size: 16 << 20).disk
      try await runProgram("mkdir", ["-p", folder + "/t/etc", folder + "/t/var"])
      try writeFile(folder + "/t/etc/motd", Array("version 1\n".utf8))
      let data = noise(1 << 20)
      try writeFile(folder + "/t/var/data", data)
      let made = try await runProgram(
        "/usr/sbin/mkfs.ext4", ["-q", "-F", "-d", folder + "/t", disk])
      #expect(made.isSuccess, "\(made.errors)")

      #expect(try await cloud.post("/images/snapshots/3002/create", name: "a").status == 202)
      _ = try await cloud.settledRows()

      try writeFile(folder + "/motd2", Array("version 2\n".utf8))
      try await runProgram(
        "/usr/sbin/debugfs", ["-w", "-f", "-", disk],
        input: """
          rm /etc/motd
          write \(folder)/motd2 /etc/motd
          rm /var/data
          mkdir /after

          """)
      #expect(try await read("/etc/motd", in: disk) == "version 2\n")
      try await expectClean(disk)

      #expect(try await cloud.post("/images/snapshots/14001/restore/3002").status == 202)
      _ = try await cloud.settledRows()
      #expect(try await read("/etc/motd", in: disk) == "version 1\n")
      try await runProgram(
        "/usr/sbin/debugfs", ["-R", "dump /var/data \(folder)/restored", disk])
      #expect(try readFile(folder + "/restored") == data)
      let root = try await runProgram("/usr/sbin/debugfs", ["-R", "ls -p /", disk]).output
      #expect(!root.contains("after"))
      try await expectClean(disk)
    }
  }

  private func read(_ path: String, in disk: String) async throws -> String {
    try await runProgram("/usr/sbin/debugfs", ["-R", "cat \(path)", disk]).output
  }

  private func expectClean(_ disk: String) async throws {
    let result = try await runProgram("/usr/sbin/e2fsck", ["-fn", disk])
    #expect(result.isSuccess, "\(result.output)")
  }
}
