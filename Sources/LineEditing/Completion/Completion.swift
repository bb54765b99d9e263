/// What Tab offers at one place of the text.
package struct Completion: Sendable, Equatable {
  /// The part of the text that a candidate takes the place of, in Unicode scalars.
  package var replacing: Range<Int>
  package var candidates: [Candidate]
  /// Shown under the input when there are no candidates.
  package var note: String?

  package init(replacing: Range<Int>, candidates: [Candidate], note: String? = nil) {
    self.replacing = replacing
    self.candidates = candidates
    self.note = note
  }
}

package struct Candidate: Sendable, Equatable {
  /// What is inserted.
  package var text: String
  /// What a list shows in its place.
  package var display: String
  package var description: String
  /// Whether a space follows when this is the only candidate.
  package var appendsSpace: Bool

  package init(
    _ text: String, display: String? = nil, description: String = "", appendsSpace: Bool = true
  ) {
    self.text = text
    self.display = display ?? text
    self.description = description
    self.appendsSpace = appendsSpace
  }
}
