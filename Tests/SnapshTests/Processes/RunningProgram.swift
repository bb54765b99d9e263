import Foundation
import TerminalKit

/// The program running without a terminal, whose stderr is read while it runs.
final class RunningProgram {
  private let process: Process
  private let errorPipe = Pipe()
  private(set) var errors = ""

  init(
    _ sandbox: Sandbox, _ arguments: [String], environment: [String: String] = [:]
  ) throws {
    process = sandbox.process(Sandbox.program, arguments, environment)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errorPipe
    try process.start()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  func waitForExit() -> Int32 {
    process.waitUntilExit()
    return process.exitCode
  }

  struct Silent: Error, CustomStringConvertible {
    let text: String
    let errors: String
    var description: String { "waited in vain for \"\(text)\"; on stderr:\n\(errors)" }
  }

  /// Reads stderr until it has `text`.
  func wait(for text: String) throws {
    let descriptor = errorPipe.fileHandleForReading.fileDescriptor
    while !errors.contains(text) {
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 10_000) > 0 else { throw Silent(text: text, errors: errors) }
      let data = errorPipe.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Silent(text: text, errors: errors) }
      errors += String(decoding: data, as: UTF8.self)
    }
  }

  /// What stands behind `label` in its line on stderr.
  func value(after label: String) throws -> String {
    try wait(for: label)
    while true {
      if let rest = errors.components(separatedBy: label).dropFirst().first, rest.contains("\n") {
        return String(rest.prefix { $0 != "\n" })
      }
      try wait(for: errors + "\n")
    }
  }
}
