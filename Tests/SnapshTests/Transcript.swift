import Foundation

/// A session at a shell as a person sees it, in a text file: what is typed, and what comes out.
///
///     # A comment.
///     $ snapsh -c 'print 1'
///     1
///     $ snapsh -c 'oops'
///     error: unknown command 'oops'
///     ? 2
///
/// A line that begins with `$ ` is run by bash, together with the here-document that it begins, with
/// stdout and stderr together; `? N` is its exit code when that is not 0. All commands of a file share a folder and a HOME of their own. In what is
/// expected, `‹*›` stands for any text within a line.
struct Transcript {
  struct Step {
    var comment: [String]
    var command: String
    var expected: [String]
    var line: Int
  }

  let file: URL
  private(set) var steps: [Step] = []

  init(file: URL) throws {
    self.file = file
    var comment: [String] = []
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    var wordAtEnd: String?
    for (number, line) in lines.enumerated() {
      if let word = wordAtEnd {
        steps[steps.count - 1].command += "\n" + line
        if line == word { wordAtEnd = nil }
      } else if line.hasPrefix("$ ") {
        wordAtEnd = HereDocument.end(of: line)
        steps.append(
          Step(comment: comment, command: String(line.dropFirst(2)), expected: [], line: number + 1)
        )
        comment = []
      } else if line.hasPrefix("# ") || line == "#" {
        comment.append(String(line))
      } else if steps.isEmpty || !comment.isEmpty {
        comment.append(String(line))
      } else {
        steps[steps.count - 1].expected.append(String(line))
      }
    }
    for index in steps.indices {
      while steps[index].expected.last == "" { steps[index].expected.removeLast() }
    }
  }

  /// Where the transcripts of these tests stand.
  static var all: [URL] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Transcripts")
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "snapt" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  /// Whether `line` is what `expected` describes.
  static func matches(_ line: String, _ expected: String) -> Bool {
    let parts = expected.components(separatedBy: "‹*›")
    guard parts.count > 1 else { return line == expected }
    guard line.hasPrefix(parts[0]), line.count >= parts.joined().count else { return false }
    var rest = line.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }

  /// Writes the file anew with what really came out, keeping lines that match.
  func write(_ outputs: [[String]]) throws {
    var text = ""
    for (step, output) in zip(steps, outputs) {
      for line in step.comment { text += line + "\n" }
      text += "$ \(step.command)\n"
      for (index, line) in output.enumerated() {
        let old = index < step.expected.count ? step.expected[index] : nil
        text += (old.map { Self.matches(line, $0) ? $0 : line } ?? line) + "\n"
      }
      text += "\n"
    }
    while text.hasSuffix("\n\n") { text.removeLast() }
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
}
