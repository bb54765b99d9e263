/// What stands between two tokens: blanks, line ends and comments.
struct Gap {
  struct Comment {
    var text: String
    /// The line ends between it and what stands before it.
    var newlines: Int
  }

  var comments: [Comment] = []
  /// The line ends after the last comment.
  var newlines = 0
  var hasSeparator = false

  var isOnOneLine: Bool { newlines == 0 && comments.isEmpty }

  /// The gap that is left when the token between two of them is moved before both.
  static func + (before: Gap, after: Gap) -> Gap {
    var whole = before
    for (index, comment) in after.comments.enumerated() {
      whole.comments.append(
        Comment(text: comment.text, newlines: comment.newlines + (index == 0 ? before.newlines : 0))
      )
    }
    whole.newlines = after.newlines + (after.comments.isEmpty ? before.newlines : 0)
    return whole
  }

  /// The comments; an empty line before the first stays when something stands above it.
  func layouts(keepsEmptyLines: Bool, isFirst: Bool = false) -> [Layout] {
    comments.enumerated().map { index, comment in
      .comment(
        comment.text, isOwnLine: comment.newlines > 0,
        followsEmptyLine: keepsEmptyLines && comment.newlines > 1 && !(isFirst && index == 0))
    }
  }
}

extension LayoutBuilder {
  /// Goes over blanks, comments and joined lines, and over `;` when that separates statements.
  mutating func gap(separators: Bool = false) -> Gap {
    var gap = Gap()
    while at < source.bytes.count {
      switch source.bytes[at] {
      case Ascii.newline:
        gap.newlines += 1
        at += 1
      case Ascii.space, Ascii.tab, Ascii.carriageReturn: at += 1
      case Ascii.backslash: at += 1
      case Ascii.semicolon where separators:
        gap.hasSeparator = true
        at += 1
      case Ascii.hash:
        gap.comments.append(Gap.Comment(text: comment(), newlines: gap.newlines))
        gap.newlines = 0
      default: return gap
      }
    }
    return gap
  }

  private mutating func comment() -> String {
    let start = at
    while at < source.bytes.count, source.bytes[at] != Ascii.newline { at += 1 }
    var end = at
    while Ascii.isBlank(source.bytes[end - 1]) { end -= 1 }
    return source.text(start..<end)
  }
}
