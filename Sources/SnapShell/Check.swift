import SnapCommands
import SnapLanguage
import SnapOutput

/// `snapsh check`: what is wrong with scripts, in words for people or as rows for programs.
struct Check: Sendable {
  let session: Session
  let runner: ScriptRunner

  /// - Throws: `Failure`.
  func run(_ files: [String]) throws -> Int32 {
    let isClean =
      switch session.settings.output {
      case .table, .wide: try tell(files)
      case .json, .jsonl, .csv, .yaml, .ids, .prometheus: try list(files)
      }
    return isClean ? ExitCode.done : ExitCode.usage
  }

  private func tell(_ files: [String]) throws -> Bool {
    var isClean = true
    for file in files {
      let diagnostics = runner.check(try ScriptFile.read(file))
      guard !diagnostics.isEmpty else { continue }
      isClean = false
      session.console.report(diagnostics)
    }
    return isClean
  }

  /// A row for each diagnostic; a file that can't be read is one too.
  private func list(_ files: [String]) throws -> Bool {
    var rows: [Value] = []
    for file in files {
      do { rows += runner.check(try ScriptFile.read(file)).map(Self.row) } catch let failure
        as Failure
      {
        let place = Span(SourceText(name: file, text: ""), 0..<0)
        rows.append(Self.row(Diagnostic(failure.message, at: place, help: failure.help)))
      }
    }
    do { try session.show(.value(.list(rows))) } catch is OutputClosed {
      // Who reads no further has the exit code.
    }
    return rows.isEmpty
  }

  private static let shape = Shape([
    "file", "line", "column", "endLine", "endColumn", "severity", "message", "help",
  ])

  /// Lines and columns from 1, columns in characters; the end is behind the last character.
  private static func row(_ diagnostic: Diagnostic) -> Value {
    let span = diagnostic.span
    let start = span.source.position(of: span.range.lowerBound)
    let end = span.source.position(of: span.range.upperBound)
    return .record(
      Record(
        shape: shape,
        wireValues: [
          .string(span.source.name), .int(start.line), .int(start.column), .int(end.line),
          .int(end.column), .string(diagnostic.severity == .error ? "error" : "warning"),
          .string(diagnostic.message), diagnostic.help.map(Value.string) ?? .null,
        ]))
  }
}
