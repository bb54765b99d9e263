import Foundation
import TerminalKit

/// A folder and a HOME of their own, in which commands run as a new user would run them.
struct Sandbox {
  let folder: String
  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.path
  }

  var environment: [String: String] {
    let bin = (BuiltProgram("snapsh").path as NSString).deletingLastPathComponent
    return [
      "HOME": folder, "PATH": "\(bin):/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
      "LANG": "C.UTF-8", "TERM": "xterm-256color",
    ]
  }

  struct Result {
    let output: String
    let code: Int32
  }

  /// Runs a line by bash, without a terminal; stdout and stderr come together.
  func run(_ line: String, environment extra: [String: String] = [:]) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = environment.merging(extra) { $1 }
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Result(
      output: String(decoding: data, as: UTF8.self),
      code: isSignal ? 128 + process.terminationStatus : process.terminationStatus)
  }
}
