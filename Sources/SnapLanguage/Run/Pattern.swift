import Synchronization

/// A regular expression in Swift's syntax, case-sensitive; it matches a part of a text.
///
/// A pattern without special characters is searched for as bytes. `Regex` is not `Sendable` because
/// its program is made at the first match: that one is done here, and later ones only read it.
final class Pattern: @unchecked Sendable {
  let text: String
  private let regex: Regex<AnyRegexOutput>?

  /// Longer ones are no search by a person, and the parser of expressions is recursive.
  private static let longest = 1_000

  /// - Throws: `Failure` when the pattern can't be read.
  init(_ text: String) throws {
    self.text = text
    guard text.utf8.contains(where: Self.isSpecial) else {
      regex = nil
      return
    }
    guard text.utf8.count <= Self.longest else {
      throw Failure(.usage, "a pattern of more than \(Self.longest) bytes")
    }
    do {
      let regex = try Regex(text)
      _ = try regex.firstMatch(in: "")
      self.regex = regex
    } catch {
      throw Failure(
        .usage, "'\(text)' is no regular expression",
        help: #"a special character, such as ( [ { * + ? . or |, stands for itself after '\'"#)
    }
  }

  func matches(_ text: String) throws -> Bool {
    guard let regex else { return text.hasBytes(self.text) }
    return try regex.firstMatch(in: text) != nil
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    #"\^$.|?*+()[]{}"#.utf8.contains(byte)
  }
}

/// The last pattern of a place in the code whose pattern is known only while running.
final class PatternCache: Sendable {
  private let last = Mutex<Pattern?>(nil)

  func pattern(_ text: String) throws -> Pattern {
    if let known = last.withLock({ $0 }), known.text == text { return known }
    let pattern = try Pattern(text)
    last.withLock { $0 = pattern }
    return pattern
  }
}

extension String {
  /// Whether the bytes of `part` stand in a row somewhere.
  fileprivate func hasBytes(_ part: String) -> Bool {
    var (text, part) = (self, part)
    return text.withUTF8 { text in
      part.withUTF8 { part in
        guard let first = part.first else { return true }
        guard text.count >= part.count else { return false }
        for start in 0...(text.count - part.count) where text[start] == first {
          if text[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
      }
    }
  }
}
