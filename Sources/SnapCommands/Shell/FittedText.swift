/// Text for people that a terminal doesn't break in the middle of words.
enum FittedText {
  /// A paragraph whose lines are longer is filled anew. The meaning of a term, two blanks behind it,
  /// goes on under its beginning; code goes on further to the right.
  static func text(_ text: String, columns: Int) -> String {
    var fitted: [String] = []
    var paragraph: [Substring] = []
    func endParagraph() {
      let isLong = paragraph.contains { $0.count > columns }
      fitted +=
        isLong
        ? filled(paragraph.joined(separator: " "), columns: columns, indent: 0)
        : paragraph.map(String.init)
      paragraph = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let first = line.first, first != " " {
        paragraph.append(line)
        continue
      }
      endParagraph()
      fitted += term(line, columns: columns)
    }
    endParagraph()
    return fitted.joined(separator: "\n")
  }

  private static func term(_ line: Substring, columns: Int) -> [String] {
    guard line.count > columns else { return [String(line)] }
    let start = line.prefix { $0 == " " }.count
    let gap = line.dropFirst(start).firstRange(of: "  ")
    let meaning = gap.map { line[$0.lowerBound...].drop { $0 == " " } }
    let indent = meaning.map { line.count - $0.count } ?? start + 4
    guard indent < columns - 20 else { return [String(line)] }
    let head = line.prefix(meaning == nil ? start : indent)
    let rest = filled(String(line.dropFirst(head.count)), columns: columns, indent: indent)
    let first = head + (rest.first?.dropFirst(indent) ?? "")
    return [String(first)] + rest.dropFirst()
  }

  private static func filled(_ text: String, columns: Int, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > columns {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return lines + [margin + line]
  }
}
