import Glibc
import LocalCloud
import Subprocess

/// What a program printed, and how it ended.
struct ProgramResult {
  let output: String
  let errors: String
  let isSuccess: Bool
}

/// Runs a program to its end.
@discardableResult
func runProgram(_ path: String, _ arguments: [String], input: String = "") async throws
  -> ProgramResult
{
  let result = try await run(
    .name("env"), arguments: Arguments([path] + arguments), input: .string(input),
    output: .string(limit: 4 << 20), error: .string(limit: 1 << 20))
  return ProgramResult(
    output: result.standardOutput, errors: result.standardError,
    isSuccess: result.terminationStatus.isSuccess)
}

/// The program that is built beside the tests.
func fixturePath() throws -> String {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = readlink("/proc/self/exe", &buffer, buffer.count)
  guard count > 0 else {
    throw SystemCallError(call: "readlink", path: "/proc/self/exe", code: errno)
  }
  let executable = String(
    decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  return executable.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/LocalCloudFixture"
}

/// Runs `LocalCloudFixture` until it prints a line, hands that to `body`, and kills the process.
func withFixture<Result: Sendable>(
  _ arguments: [String], _ body: @escaping @Sendable (String) async throws -> Result
) async throws -> Result? {
  let result = try await run(
    .name("env"), arguments: Arguments([try fixturePath()] + arguments),
    input: .none, output: .sequence, error: .discarded
  ) { execution in
    var result: Result?
    for try await line in execution.standardOutput.strings() {
      result = try await body(line)
      break
    }
    try execution.send(signal: .kill)
    return result
  }
  return result.closureResult
}

/// Runs `LocalCloudFixture` until it reaches `checkpoint`, and kills it there.
func killFixture(
  _ folder: TemporaryFolder, at checkpoint: FileDiskStore.Checkpoint, _ operation: String...
) async throws -> Bool {
  try await withFixture([folder.path, checkpoint.rawValue] + operation) { $0 == "reached" } == true
}
