import Glibc
import SnapCommands
import SnapLanguage

/// `snapsh fmt`: files are written anew where that changes them, stdin goes to stdout.
struct FormatRun: Sendable {
  let files: [String]
  /// Whether files that would change are only listed.
  let isCheck: Bool
  let console: Console

  /// - Returns: the exit code, the greatest of all files.
  func run() async -> Int32 {
    if files.isEmpty, isatty(0) == 1 {
      console.error("'fmt' needs a file, or a script on stdin")
      return ExitCode.usage
    }
    return await InterpreterThread.run {
      (files.isEmpty ? ["-"] : files).map(format).max() ?? ExitCode.done
    }
  }

  private func format(_ file: String) -> Int32 {
    do {
      let isInput = file == "-"
      let source = isInput ? try ScriptFile.standardInput() : try ScriptFile.read(file)
      let text = try ScriptFormatter.format(source)
      let isChanged = !source.bytes.elementsEqual(text.utf8)
      if isCheck {
        if isChanged { try console.data(source.name + "\n") }
        return isChanged ? ExitCode.failed : ExitCode.done
      }
      if isInput {
        try console.data(text)
      } else if isChanged {
        try ReplacedFile(file).write(Array(text.utf8))
        console.note(file)
      }
      return ExitCode.done
    } catch let rejection as Program.Rejection {
      console.report(rejection.diagnostics)
      return ExitCode.usage
    } catch let failure as Failure {
      console.report(failure)
      return failure.exitCode ?? ExitCode.failed
    } catch is OutputClosed {
      return ExitCode.done
    } catch {
      console.error("unexpected: \(error)")
      return ExitCode.failed
    }
  }
}
