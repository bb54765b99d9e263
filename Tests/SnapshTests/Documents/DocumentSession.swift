import Foundation
import Glibc

/// A folder in which the commands of one page are run, one after another.
///
/// The pages show `/home/ann` for the home and 8080 for the port of a server; here both are whatever is
/// free.
final class DocumentSession {
  private let sandbox: Sandbox
  private let port = FreePort.next()
  private var background: [Process] = []

  init() throws { sandbox = try Sandbox() }

  deinit {
    for process in background {
      process.terminate()
      process.waitUntilExit()
    }
  }

  /// The output, with `? N` for an exit code that isn't 0. A command that ends in `&` is left running
  /// once it has shown `count` lines.
  func run(_ command: String, count: Int) throws -> [String] {
    let command = command.replacing(":8080", with: ":\(port)")
    if command.hasSuffix(" &") {
      return try start("exec env " + command.dropLast(2), count: count)
    }
    let result = try sandbox.run(command)
    var lines = shown(result.output).components(separatedBy: "\n")
    while lines.last == "" { lines.removeLast() }
    if result.code != 0 { lines.append("? \(result.code)") }
    return lines
  }

  /// What `snapsh check` has against a script; nothing when it is right.
  func check(_ script: String) throws -> String {
    try sandbox.write(script, to: "block.snap")
    let result = try sandbox.snapsh("check", "block.snap")
    return result.code == 0 ? "" : result.output + result.errors
  }

  private func start(_ command: String, count: Int) throws -> [String] {
    let process = sandbox.process("/bin/bash", ["-c", command], [:])
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.start()
    background.append(process)
    var text = ""
    // A server that ends early closes the pipe.
    while text.count(where: { $0 == "\n" }) < count {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      text += String(decoding: data, as: UTF8.self)
    }
    return shown(text).split(separator: "\n").map(String.init)
  }

  private func shown(_ text: String) -> String {
    text.replacing(sandbox.folder, with: "/home/ann").replacing(":\(port)", with: ":8080")
  }
}

/// A port that nobody listens at now.
enum FreePort {
  static func next() -> UInt16 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = bind(socket, address, length)
        _ = getsockname(socket, address, &length)
      }
      return UInt16(bigEndian: pointer.pointee.sin_port)
    }
  }
}
