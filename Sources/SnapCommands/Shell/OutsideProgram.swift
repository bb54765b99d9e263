import Glibc
package import SnapLanguage
import SnapOutput
import Subprocess
import SystemPackage

/// `!PROGRAM ARG...`: a program of the machine. Its stdout is its value when it stands in a pipe or
/// a substitution.
package struct OutsideProgram: Callable {
  package let signature = Signature(
    "!", group: .shell, about: "Run an outside program",
    details: "Rows that are piped in reach its stdin as JSON lines, text as it is.",
    parameters: [Parameter("program", .string), Parameter("argument", .string, required: false, rest: true)],
    input: .optional, effect: .local,
    examples: [Signature.Example("!df -h", "the machine's own command")])

  package func run(_ call: Call) throws -> Outcome {
    let program = call["program"]?.stringValue ?? ""
    let arguments = (call["argument"]?.listValue ?? []).compactMap(\.stringValue)
    let input = try call.input.map { try Self.text($0) } ?? ""
    let result = try call.host.wait {
      do {
        return try await Subprocess.run(
          .name(program), arguments: Arguments(arguments), input: .string(input),
          output: .string(limit: 256 << 20), error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
      } catch let error as SubprocessError {
        throw Failure(.notfound, "can't run '\(program)': \(error)")
      }
    }
    guard result.terminationStatus.isSuccess else {
      throw Failure(.unknown, "'\(program)' failed: \(result.terminationStatus)")
    }
    var text = result.standardOutput
    if text.hasSuffix("\n") { text.removeLast() }
    return text.isEmpty ? .nothing : .value(.string(text))
  }

  private static func text(_ flow: Flow) throws -> String {
    let value = try flow.collect()
    if case .string(let text) = value { return text }
    do { return try Formats.encode(value, as: .jsonl) } catch let error as EncodeError {
      throw error.failure
    }
  }
}
