/// What stands before the input: `text` before its first line, `continuation` before the others.
package struct Prompt: Sendable, Equatable {
  /// May hold newlines; the last line is the one that the input follows.
  package var text: String
  package var continuation: String
  package var styles: [StyledRange]
  package var continuationStyle: Style

  package init(
    _ text: String, continuation: String = "... ", styles: [StyledRange] = [],
    continuationStyle: Style = .plain
  ) {
    self.text = text
    self.continuation = continuation
    self.styles = styles
    self.continuationStyle = continuationStyle
  }
}
