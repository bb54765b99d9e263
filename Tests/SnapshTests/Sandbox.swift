import Foundation
import Synchronization
import TerminalKit

/// A folder and a HOME of their own, in which commands run as a new user would run them.
struct Sandbox {
  let folder: String
  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.path
  }

  static var program: String { BuiltProgram("snapsh").path }

  var environment: [String: String] {
    let bin = (Self.program as NSString).deletingLastPathComponent
    return [
      "HOME": folder, "PATH": "\(bin):/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
      "LANG": "C.UTF-8", "TERM": "xterm-256color",
    ]
  }

  struct Result {
    let output: String
    /// Empty when it came together with the output.
    var errors = ""
    let code: Int32
  }

  /// Runs a line by bash, without a terminal; stdout and stderr come together.
  func run(_ line: String, environment extra: [String: String] = [:]) throws -> Result {
    let output = try OutputFile(in: folder)
    let process = process("/bin/bash", ["-c", line], extra)
    process.standardOutput = output.handle
    process.standardError = output.handle
    try process.start()
    return Result(output: try output.text(after: process), code: process.exitCode)
  }

  /// Runs the program without a terminal; `input` is what stdin gives.
  func snapsh(
    _ arguments: String..., environment extra: [String: String] = [:], input: String? = nil
  ) throws -> Result {
    try snapsh(arguments, environment: extra, input: input)
  }

  func snapsh(
    _ arguments: [String], environment extra: [String: String] = [:], input: String? = nil
  ) throws -> Result {
    let (output, errors) = (try OutputFile(in: folder), try OutputFile(in: folder))
    let process = process(Self.program, arguments, extra)
    if let input {
      let file = try write(input, to: ".input")
      process.standardInput = try FileHandle(forReadingFrom: file)
    }
    process.standardOutput = output.handle
    process.standardError = errors.handle
    try process.start()
    return Result(
      output: try output.text(after: process), errors: try errors.text(after: process),
      code: process.exitCode)
  }

  /// A process that has not been started.
  func process(
    _ program: String, _ arguments: [String], _ extra: [String: String]
  ) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = environment.merging(extra) { $1 }
    process.standardInput = FileHandle.nullDevice
    return process
  }

  @discardableResult
  func write(_ text: String, to name: String, mode: Int = 0o600) throws -> URL {
    let file = URL(filePath: "\(folder)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    return file
  }

  /// Writes the configuration file where the program looks for it.
  func configure(_ text: String, mode: Int = 0o600) throws {
    try write(text, to: ".config/snapsh/config.toml", mode: mode)
  }

  /// Makes slices with small disks in the local cloud, and one snapshot of each that is named.
  func prepare(slices: [String], snapshots: [(slice: String, name: String)] = []) throws {
    let lines =
      slices.map { "local add \($0) --size 1MiB" }
      + snapshots.map { "create \($0.slice) '\($0.name)' --wait" }
    let result = try snapsh("-c", lines.joined(separator: "\n"))
    guard result.code == 0 else { throw PreparationFailed(errors: result.errors) }
  }

  private struct PreparationFailed: Error { let errors: String }
}

/// What a process writes; no pipe, whose end another test's child might keep open.
private struct OutputFile {
  let handle: FileHandle
  private let path: String

  init(in folder: String) throws {
    path = "\(folder)/.output-\(UUID().uuidString)"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    handle = try FileHandle(forWritingTo: URL(filePath: path))
  }

  /// Removes the file.
  func text(after process: Process) throws -> String {
    process.waitUntilExit()
    try handle.close()
    defer { try? FileManager.default.removeItem(atPath: path) }
    return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }
}

extension Process {
  private static let starting = Mutex(())

  /// Runs it. Foundation's own way to do so has crashed when many threads took it at a time.
  func start() throws { try Self.starting.withLock { _ in try run() } }

  /// After its end; 128 and the signal's number when a signal ended it, as shells count.
  var exitCode: Int32 {
    terminationReason == .uncaughtSignal ? 128 + terminationStatus : terminationStatus
  }
}
