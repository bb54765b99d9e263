import Glibc
package import SnapLanguage
import SnapOutput
import Subprocess
import SystemPackage

/// `!PROGRAM ARG...`: a program of the machine. It has the terminal when it stands alone; in a pipe
/// or a substitution its stdout is its value.
package struct OutsideProgram: Callable {
  package let signature = Signature(
    "!", group: .shell, about: "Run an outside program",
    details: "Rows that are piped in reach its stdin as JSON lines, text as it is.",
    parameters: [
      Parameter("program", .string), Parameter("argument", .string, required: false, rest: true),
    ],
    input: .optional, effect: .local,
    examples: [Signature.Example("!df -h", "the machine's own command")])

  package func run(_ call: Call) throws -> Outcome {
    let program = call["program"]?.stringValue ?? ""
    let arguments = (call["argument"]?.listValue ?? []).compactMap(\.stringValue)
    if call.host.leavesOut(call.span.text) {
      guard call.isShown else {
        throw Failure(
          .denied, "'\(program)' is not run in a dry run, and what it gives is needed here",
          help: "give it as an argument of the script")
      }
      return .nothing
    }
    if call.isShown, call.input == nil {
      try runInForeground(program, arguments, call.host)
      return .nothing
    }
    let input = try call.input.map { try Self.text($0) } ?? ""
    let result = try call.host.wait {
      do {
        return try await Subprocess.run(
          Self.executable(program), arguments: Arguments(arguments), input: .string(input),
          output: .string(limit: 256 << 20),
          error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
      } catch let error as SubprocessError {
        throw Failure(.notfound, "can't run '\(program)': \(error)")
      }
    }
    try check(program, result.terminationStatus)
    var text = result.standardOutput
    if text.hasSuffix("\n") { text.removeLast() }
    return text.isEmpty ? .nothing : .value(.string(text))
  }

  /// Runs the program with the shell's own descriptors.
  private func runInForeground(
    _ program: String, _ arguments: [String], _ host: any Host
  ) throws {
    let status = try host.wait {
      do {
        return try await Subprocess.run(
          Self.executable(program), arguments: Arguments(arguments),
          input: .fileDescriptor(.standardInput, closeAfterSpawningProcess: false),
          output: .fileDescriptor(.standardOutput, closeAfterSpawningProcess: false),
          error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
        ).terminationStatus
      } catch let error as SubprocessError {
        throw Failure(.notfound, "can't run '\(program)': \(error)")
      }
    }
    try check(program, status)
  }

  /// As in other shells: a name is looked for on the `PATH`, a path is what it says.
  private static func executable(_ program: String) -> Executable {
    program.contains("/") ? .path(FilePath(LocalFile.expanded(program))) : .name(program)
  }

  private func check(_ program: String, _ status: TerminationStatus) throws {
    guard status.isSuccess else { throw Failure(.unknown, "'\(program)' failed: \(status)") }
  }

  private static func text(_ flow: Flow) throws -> String {
    let value = try flow.collect()
    if case .string(let text) = value { return text }
    do { return try Formats.encode(value, as: .jsonl) } catch let error as EncodeError {
      throw error.failure
    }
  }
}
