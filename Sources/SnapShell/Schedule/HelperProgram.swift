import SnapLanguage
import Subprocess
import SystemPackage

/// A program of the machine that is asked something, or told something.
struct HelperProgram: Sendable {
  struct Answer: Sendable {
    let isSuccess: Bool
    let output: String
    let errors: String

    /// What it said, in one line.
    var words: String { errors.split(whereSeparator: \.isNewline).joined(separator: "; ") }
  }

  /// Looked up in PATH unless it is a path.
  let name: String

  init(_ name: String) { self.name = name }

  /// - Throws: `Failure` when it can't be run.
  func run(_ arguments: [String], input: String = "") async throws -> Answer {
    do {
      let result = try await Subprocess.run(
        name.contains("/") ? .path(FilePath(name)) : .name(name), arguments: Arguments(arguments),
        input: .string(input),
        output: .string(limit: 1 << 22), error: .string(limit: 1 << 16))
      return Answer(
        isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput,
        errors: result.standardError)
    } catch let error as SubprocessError {
      throw Failure(.notfound, "can't run '\(name)': \(error)")
    }
  }
}
