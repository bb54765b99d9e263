package import SnapLanguage

/// The declaration of `where`, whose condition is a part of the grammar: for help and completion.
package enum Where {
  package static let signature = Signature(
    "where", group: .rows, about: "Keep the rows for which a condition holds",
    details: """
      A bare word left of an operator is a column, right of it a text; a column on the right is
      written .name. Operators: == != < <= > >= ~ !~ in, not in, and, or, not.
      """,
    parameters: [Parameter("condition", .any)], input: .required, effect: .pure,
    examples: [
      Signature.Example("ls | where perms == rw and snapshot_size > 20GB", "large ones"),
      Signature.Example("ls | where created < ago(30d)", "old ones"),
    ], columns: .sameAsInput)
}
