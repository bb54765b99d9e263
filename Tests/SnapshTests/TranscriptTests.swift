import Foundation
import Testing

/// Sessions in plain files: test, example and specification at once. With SNAPSH_UPDATE_TRANSCRIPTS=1
/// the files are written anew; look at the difference before you commit it.
struct TranscriptTests {
  @Test("A session goes as its transcript says", arguments: Transcript.all)
  func sessionGoesAsWritten(_ file: URL) throws {
    let transcript = try Transcript(file: file)
    let sandbox = try Sandbox()
    var outputs: [[String]] = []
    for step in transcript.steps {
      let result = try sandbox.run(step.command)
      var lines = result.output.replacing(sandbox.folder, with: "~").split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      while lines.last == "" { lines.removeLast() }
      if result.code != 0 { lines.append("? \(result.code)") }
      outputs.append(lines)
    }
    if ProcessInfo.processInfo.environment["SNAPSH_UPDATE_TRANSCRIPTS"] == "1" {
      try transcript.write(outputs)
      return
    }
    for (step, output) in zip(transcript.steps, outputs) {
      let isSame =
        output.count == step.expected.count
        && zip(output, step.expected).allSatisfy { Transcript.matches($0, $1) }
      #expect(
        isSame,
        """
        \(file.lastPathComponent):\(step.line): $ \(step.command)
        expected:
        \(step.expected.joined(separator: "\n"))
        came:
        \(output.joined(separator: "\n"))
        """)
    }
  }

  @Test("There are transcripts")
  func thereAreTranscripts() { #expect(!Transcript.all.isEmpty) }
}
