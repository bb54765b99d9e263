/// Something wrong with a text: what, where, and what to do.
package struct Diagnostic: Sendable {
  package enum Severity: Sendable { case error, warning }

  package let severity: Severity
  package let message: String
  package let span: Span
  /// What to do; nil when nothing helps.
  package let help: String?
  /// Whether something is missing that may still be typed behind it.
  package let isOpen: Bool

  package init(
    _ message: String, at span: Span, help: String? = nil, severity: Severity = .error,
    isOpen: Bool = false
  ) {
    self.isOpen = isOpen
    self.severity = severity
    self.message = message
    self.span = span
    self.help = help
  }
}
