import Foundation
import SnapLanguage

enum Formatted {
  /// What is wrong with the formatted `text`; nil when nothing is.
  static func fault(_ text: String) -> String? {
    let before = Parser.parse(SourceText(name: "test.snap", text: text))
    if let error = before.diagnostics.first { return "does not parse: \(error.line)" }
    guard let once = try? ScriptFormatter.format(before.source) else { return "refused" }
    let after = Parser.parse(SourceText(name: "test.snap", text: once))
    if let error = after.diagnostics.first { return "no longer parses: \(error.line)\n\(once)" }
    let trees = (TreeText.of(before.code), TreeText.of(after.code))
    if trees.0 != trees.1 { return "another tree:\n\(trees.0)\n\(trees.1)\n\(once)" }
    if comments(before) != comments(after) { return "other comments:\n\(once)" }
    if !once.isEmpty, !once.hasSuffix("\n") || once.hasSuffix("\n\n") { return "ends wrongly" }
    guard let twice = try? ScriptFormatter.format(after.source), once == twice else {
      let twice = (try? ScriptFormatter.format(after.source)) ?? ""
      return "formatted again, it changes:\n\(difference(once, twice))"
    }
    return nil
  }

  /// Lines around the first that differs, of both texts.
  private static func difference(_ first: String, _ second: String) -> String {
    let lines = [first, second].map { $0.components(separatedBy: "\n") }
    let place = zip(lines[0], lines[1]).prefix { $0 == $1 }.count
    return lines.map { $0.dropFirst(max(0, place - 4)).prefix(9).joined(separator: "\n") }
      .joined(separator: "\n----\n")
  }

  private static func comments(_ script: Script) -> [String] {
    script.marks.filter { $0.kind == .comment }.sorted {
      $0.range.lowerBound < $1.range.lowerBound
    }.map { script.source.text($0.range).trimmingCharacters(in: .whitespacesAndNewlines) }
  }
}
