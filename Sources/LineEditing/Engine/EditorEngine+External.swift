import CEditline
import Glibc

extension EditorEngine {
  /// Gives the text to the external editor and takes back what that leaves; nothing runs until Enter.
  func editExternally() -> EditorCommand.Outcome {
    let text = buffer.text
    guard let draft = DraftFile(String(scalars: text)) else {
      menu = [MenuLine(text: "no temporary file can be written")]
      return .beep
    }
    display.yield()
    rawMode?.leave()
    let command = configuration.externalEditor
    let status = ced_run_editor(command, draft.path, input.descriptor, display.output.descriptor)
    rawMode?.enter()
    display.begin(usesStyles: configuration.usesStyles)
    guard status == 0 else {
      menu = [MenuLine(text: "'\(command)' ended with \(status); the line is as it was")]
      return .beep
    }
    guard let edited = draft.contents() else {
      menu = [MenuLine(text: "'\(command)' left no file; the line is as it was")]
      return .beep
    }
    noteForUndo()
    let scalars = Array(InputDecoder.text(pasted: edited).unicodeScalars)
    guard FakeWindow.fits([], inserting: scalars) else {
      menu = [MenuLine(text: "the text is too long; the line is as it was")]
      return .beep
    }
    return buffer.set(scalars, cursor: scalars.count) ? .refresh : .beep
  }
}

/// A text in a temporary file of its owner's, which goes with its last reference.
private final class DraftFile {
  let path: String

  init?(_ text: String) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let suffix = ".snap"
    var template = Array("\(folder)/snapsh-XXXXXX\(suffix)".utf8CString)
    let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { return nil }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    close(descriptor)
    do throws(HistoryFile.Failure) {
      try OpenFile(path, O_WRONLY | O_TRUNC).write(text + "\n")
    } catch {
      unlink(path)
      return nil
    }
  }

  deinit { unlink(path) }

  /// By its name: editors replace files.
  func contents() -> [UInt8]? { try? OpenFile(path, O_RDONLY).contents(from: 0) }
}
