import SnapLanguage
import Testing

/// A sentence of the language's description, and code that shows what it means.
struct SpecCase: Sendable, CustomTestStringConvertible {
  let sentence: String
  let code: String
  private let expected: Expected
  private let libraries: [String: String]

  private enum Expected: Sendable {
    /// What is shown, then what is sent to the cloud.
    case runs(shown: [String], performed: [String])
    /// `line:column-end: message (help)` of each error that the check finds.
    case isRejected([String])
    /// Places alone, for errors whose words another case fixes.
    case isRejectedAt([String])
    /// `kind line:column: message`, its help, and what was shown before.
    case fails(String, help: String?, shown: [String])
  }

  var testDescription: String { "\(sentence): \(code)" }

  private init(
    _ sentence: String, _ code: String, _ expected: Expected, _ libraries: [String: String] = [:]
  ) {
    (self.sentence, self.code, self.expected, self.libraries) = (
      sentence, code, expected, libraries
    )
  }

  static func shows(
    _ sentence: String, _ code: String, _ shown: String..., libraries: [String: String] = [:]
  ) -> Self {
    Self(sentence, code, .runs(shown: shown, performed: []), libraries)
  }

  static func performs(
    _ sentence: String, _ code: String, _ performed: String..., shown: [String] = []
  ) -> Self {
    Self(sentence, code, .runs(shown: shown, performed: performed))
  }

  static func isRejected(
    _ sentence: String, _ code: String, _ errors: String..., libraries: [String: String] = [:]
  ) -> Self {
    Self(sentence, code, .isRejected(errors), libraries)
  }

  static func isRejectedAt(
    _ sentence: String, _ code: String, _ places: String..., libraries: [String: String] = [:]
  ) -> Self {
    Self(sentence, code, .isRejectedAt(places), libraries)
  }

  static func fails(
    _ sentence: String, _ code: String, _ failure: String, help: String? = nil,
    shown: [String] = []
  ) -> Self {
    Self(sentence, code, .fails(failure, help: help, shown: shown))
  }

  func check(sourceLocation: SourceLocation = #_sourceLocation) async {
    let ran = await run(code, libraries: libraries)
    let comment = Comment(rawValue: code)
    switch expected {
    case .runs(let shown, let performed):
      #expect(ran.errors == [], comment, sourceLocation: sourceLocation)
      #expect(ran.failure?.line == nil, comment, sourceLocation: sourceLocation)
      #expect(ran.shown == shown, comment, sourceLocation: sourceLocation)
      #expect(ran.performed == performed, comment, sourceLocation: sourceLocation)
    case .isRejected(let errors):
      #expect(ran.errors == errors, comment, sourceLocation: sourceLocation)
      #expect(ran.shown == [], comment, sourceLocation: sourceLocation)
    case .isRejectedAt(let places):
      let found = ran.errors.map { error in
        error.split(separator: ": ", maxSplits: 1).first.map(String.init) ?? error
      }
      #expect(found == places, "\(code): \(ran.errors)", sourceLocation: sourceLocation)
      #expect(ran.shown == [], comment, sourceLocation: sourceLocation)
    case .fails(let failure, let help, let shown):
      #expect(ran.errors == [], comment, sourceLocation: sourceLocation)
      #expect(ran.failure?.line == failure, comment, sourceLocation: sourceLocation)
      #expect(ran.failure?.help == help, comment, sourceLocation: sourceLocation)
      #expect(ran.shown == shown, comment, sourceLocation: sourceLocation)
      #expect(ran.performed == [], comment, sourceLocation: sourceLocation)
    }
  }
}
