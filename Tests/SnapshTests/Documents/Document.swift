import Foundation

/// A page of the documents, with the sessions and scripts that it shows.
///
/// A `console` block is a session as `Transcript` describes it: `$ ` begins a command, which goes on in
/// lines that begin with `> ` or belong to its here-document; then comes what it shows. A block
/// `console skip=REASON` is not run. What a reader need not see, such as the slices that a page takes
/// for granted, stands in a comment:
///
///     <!-- setup
///     $ snapsh -c 'local add web-01 --size 1GB'
///     -->
///
/// A `snap` block is a script; `snap fragment` is a part of one, which can't be checked by itself.
struct Document {
  enum Part {
    /// What to run; its output is of interest only when it fails.
    case setup(Step)
    case step(Step)
    case skipped(reason: String, line: Int)
    case script(String, line: Int)
  }

  struct Step {
    var command: String
    /// The lines of the page that show the output.
    var shown: Range<Int>
    /// Of the command, from 1.
    var line: Int
  }

  let file: URL
  private(set) var lines: [String]
  private(set) var parts: [Part] = []

  init(file: URL) throws {
    self.file = file
    lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    var at = 0
    while at < lines.count {
      let opening = lines[at]
      at += 1
      guard let end = Self.end(of: opening) else { continue }
      let start = at
      while at < lines.count, lines[at] != end { at += 1 }
      let block = start..<at
      at += 1
      let words = opening.drop { $0 == "`" }.split(separator: " ").map(String.init)
      if opening == "<!-- setup" {
        parts += steps(block).map(Part.setup)
      } else if words == ["console"] {
        parts += steps(block).map(Part.step)
      } else if words.first == "console" {
        let reason = words[1].hasPrefix("skip=") ? String(words[1].dropFirst(5)) : words[1]
        parts.append(.skipped(reason: reason, line: start))
      } else if words == ["snap"] {
        parts.append(.script(lines[block].joined(separator: "\n") + "\n", line: start))
      }
    }
  }

  private static func end(of opening: String) -> String? {
    if opening == "<!-- setup" { return "-->" }
    return opening.hasPrefix("```") && opening != "```" ? "```" : nil
  }

  private func steps(_ block: Range<Int>) -> [Step] {
    var steps: [Step] = []
    var at = block.lowerBound
    while at < block.upperBound {
      guard lines[at].hasPrefix("$ ") else {
        at += 1
        continue
      }
      let line = at + 1
      var command = String(lines[at].dropFirst(2))
      at += 1
      if let word = HereDocument.end(of: command) {
        while at < block.upperBound {
          command += "\n" + lines[at]
          at += 1
          if lines[at - 1] == word { break }
        }
      }
      while at < block.upperBound, lines[at].hasPrefix("> ") {
        command += "\n" + lines[at].dropFirst(2)
        at += 1
      }
      let first = at
      while at < block.upperBound, !lines[at].hasPrefix("$ ") { at += 1 }
      steps.append(Step(command: command, shown: first..<at, line: line))
    }
    return steps
  }

  /// The README and what is under docs.
  static var all: [URL] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let docs = root.appending(path: "docs")
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: docs.path)) ?? []
    return [root.appending(path: "README.md")]
      + names.filter { $0.hasSuffix(".md") }.sorted().map { docs.appending(path: $0) }
  }

  /// Writes the page anew with what really came out, keeping lines that differ in what may differ.
  mutating func write(_ outputs: [(shown: Range<Int>, lines: [String])]) throws {
    for output in outputs.sorted(by: { $0.shown.lowerBound > $1.shown.lowerBound }) {
      let old = Array(lines[output.shown])
      let new = output.lines.enumerated().map { index, line in
        index < old.count && Varying.isSame(line, old[index]) ? old[index] : line
      }
      lines.replaceSubrange(output.shown, with: new)
    }
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
  }
}
