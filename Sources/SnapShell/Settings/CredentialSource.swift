package import CloudClient
import SnapCommands
import Subprocess
import SystemPackage

/// Where a token comes from.
package enum CredentialSource: Sendable {
  case token(String)
  case file(String)
  /// A line for `sh -c` that prints the token.
  case command(String)

  /// The credential for the client, read at the first request.
  package var credential: Credential {
    switch self {
    case .token(let token): { token }
    case .file(let path): { try Self.contents(of: path) }
    case .command(let line): { try await Self.output(of: line) }
    }
  }

  private static func contents(of path: String) throws -> String {
    do throws(FileContents.Unreadable) {
      return trimmed(String(decoding: try FileContents.read(path), as: UTF8.self))
    } catch {
      throw unreadable("token_file \(path): \(error.reason)")
    }
  }

  private static func output(of line: String) async throws -> String {
    let result = try await run(
      .path("/bin/sh"), arguments: ["-c", line], output: .string(limit: 1 << 14),
      error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
    guard result.terminationStatus.isSuccess else { throw unreadable("token_command failed") }
    return trimmed(result.standardOutput)
  }

  private static func unreadable(_ what: String) -> CloudError {
    CloudError(.credential(.unreadable(what)))
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
  }
}
