/// A failure of running code: what `catch` sees and what a person reads.
package struct Failure: Error {
  package enum Kind: String, Sendable, CaseIterable {
    case usage, notfound, conflict, denied, quota, network, timeout, server, cancelled, plugin
    case unknown
  }

  package var kind: Kind
  /// Lower case, without a full stop; names the user's text in quotes.
  package var message: String
  /// What to do.
  package var help: String?
  /// Where; filled in by the innermost stage that knows.
  package var span: Span?
  /// The row, id or name that it happened to.
  package var item: Value?
  /// The HTTP status, when one came.
  package var status: Int?
  /// The exit code when it is not the kind's own.
  package var exitCode: Int32?
  /// What `throw` was given, when that was no text.
  package var thrown: Value?
  /// The calls that were open, innermost first.
  package var trace: [Span] = []
  /// The failure that was being handled when this one came; at most one.
  private var causes: [Failure] = []
  package var cause: Failure? { causes.first }

  /// Copies of one failure are the same.
  private let identity = Identity()

  private final class Identity: Sendable {}

  /// Notes what was being handled, unless this failure is that very one or knows its cause.
  mutating func attachCause(_ failure: Failure) {
    if causes.isEmpty, identity !== failure.identity { causes = [failure] }
  }

  package init(
    _ kind: Kind, _ message: String, help: String? = nil, at span: Span? = nil, item: Value? = nil,
    status: Int? = nil, exitCode: Int32? = nil
  ) {
    self.kind = kind
    self.message = message
    self.help = help
    self.span = span
    self.item = item
    self.status = status
    self.exitCode = exitCode
  }
}

extension Failure {
  /// The failure as the record that `catch` binds.
  package var record: Value {
    .record(
      Record([
        ("kind", .string(kind.rawValue)), ("message", .string(message)),
        ("item", item ?? .null), ("status", status.map(Value.int) ?? .null),
        ("value", thrown ?? .null), ("cause", cause?.record ?? .null),
        ("at", span.map { .string("\($0.source.name):\($0.line):\($0.column)") } ?? .null),
      ]))
  }
}

extension Span {
  package var line: Int { source.position(of: range.lowerBound).line }
  package var column: Int { source.position(of: range.lowerBound).column }
}

/// The end of running code because a person or a signal asked for it. `catch` never sees it.
package struct Cancelled: Error {
  package init() {}
}
