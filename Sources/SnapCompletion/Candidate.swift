/// One thing that can stand where the cursor is.
package struct Candidate: Sendable, Equatable {
  package enum Kind: Sendable {
    case command, keyword, flag, value, variable, field, column, function, file, snapshot, slice

    /// What several of them are called.
    package var plural: String { "\(self)s" }
  }

  /// What is inserted, quoted where that is needed.
  package var text: String
  /// What a list shows in its place.
  package var display: String
  /// What stands beside it in a list, in columns: what a command does; a snapshot's id, slice, age,
  /// size and state.
  package var details: [String]
  /// Whether a space follows when this is the only candidate.
  package var appendsSpace: Bool
  package var kind: Kind
  /// The text without the language's quotes.
  package var plainText: String { TypedWord(text)?.text ?? text }

  /// The slice or snapshot that is meant.
  var row: Row?

  struct Row: Sendable, Equatable {
    let id: Int
    let name: String?
  }

  package init(
    _ text: String, _ kind: Kind, display: String? = nil, details: [String] = [],
    appendsSpace: Bool = true
  ) {
    self.text = text
    self.display = display ?? text
    self.details = details
    self.appendsSpace = appendsSpace
    self.kind = kind
  }
}

package struct CompletionResult: Sendable {
  /// The word that is being typed, up to the cursor, in Unicode scalars of the whole text.
  package var replacing: Range<Int>
  package var candidates: [Candidate]
  /// Whether more fit than there are candidates.
  package var isCut = false
  /// Why there are no slices or snapshots among the candidates, or how old they are.
  package var note: String?
}

/// What one place of the grammar offers.
struct Offer {
  /// More are never collected; nobody reads a longer list.
  static let most = 1000

  var candidates: [Candidate] = []
  var isCut = false
  var note: String?

  func adding(_ more: [Candidate]) -> Offer {
    var offer = self
    offer.candidates += more
    // Why there was nothing is no matter then.
    if candidates.isEmpty, !more.isEmpty { offer.note = nil }
    return offer
  }
}
