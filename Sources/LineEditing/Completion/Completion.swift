/// What Tab offers at one place of the text.
package struct Completion: Sendable, Equatable {
  /// The part of the text that a candidate takes the place of, in Unicode scalars.
  package var replacing: Range<Int>
  package var candidates: [Candidate]
  /// Whether there are more than `candidates`: then nothing is common to all of them.
  package var isCut: Bool
  /// Shown under the candidates, or in their place when there are none.
  package var note: String?

  package init(
    replacing: Range<Int>, candidates: [Candidate], isCut: Bool = false, note: String? = nil
  ) {
    self.replacing = replacing
    self.candidates = candidates
    self.isCut = isCut
    self.note = note
  }
}

package struct Candidate: Sendable, Equatable {
  /// What is inserted.
  package var text: String
  /// What a list shows in its place.
  package var display: String
  /// What a list shows beside it, in columns.
  package var details: [String]
  /// What candidates like this one are called, such as `commands`; a list of several kinds has
  /// headings. Those of one kind stand together.
  package var group: String
  /// Whether a space follows when this is the only candidate.
  package var appendsSpace: Bool

  package init(
    _ text: String, display: String? = nil, details: [String] = [], group: String = "",
    appendsSpace: Bool = true
  ) {
    self.text = text
    self.display = display ?? text
    self.details = details
    self.group = group
    self.appendsSpace = appendsSpace
  }
}
