import Glibc
import SnapCommands
import SnapLanguage
import SnapRun

/// What a script holds while it runs, so that `--exclusive` doesn't start it once more: the same
/// file with the same arguments, on the same cloud.
struct ScriptLock {
  private let file: LockFile
  private let byte: Int

  /// Nil when nothing could be held and nobody asked for it.
  ///
  /// - Throws: `Failure` for an exclusive run when a process is at the script, or none can know.
  init?(_ path: String, _ arguments: [String], _ settings: Settings) throws {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { Glibc.free(resolved) }
    let words = [String(cString: resolved), settings.endpointName] + arguments
    byte = Digest.number(words.joined(separator: "\u{0}"))
    let folder = settings.folders.state
    Folders.create(folder)
    do throws(JournalError) { file = try LockFile(path: "\(folder)/scripts.lock") } catch {
      guard settings.isExclusive else { return nil }
      throw Failure(
        .unknown, "whether '\(path)' is still running can't be known",
        help: "\(folder)/scripts.lock can't be used", exitCode: ExitCode.failed)
    }
    guard file.take(byte) || !settings.isExclusive else {
      throw Failure(
        .conflict, "'\(path)' is still running, so it is not started again",
        help: "'runs' shows what it has done", exitCode: ExitCode.declined)
    }
  }

  /// The end of the script.
  func free() { file.free(byte) }
}
