import SnapLanguage

/// Some commands, which do nothing.
enum Declarations {
  static let signatures = [
    Signature(
      "ls", group: .read, about: "List snapshots",
      parameters: [Parameter("slice", .slice, about: "of this slice", required: false)],
      flags: [Flag("query", .string, short: "q", about: "a part of the name")], effect: .read,
      columns: .fixed(["id", "name", "perms"])),
    Signature(
      "restore", group: .change, about: "Replace a slice's data",
      details: "The slice is offline while it runs.",
      parameters: [
        Parameter("snapshot", .snapshot, required: false),
        Parameter("slice", .slice, required: false),
      ],
      flags: [Flag("wait", about: "until it is done"), Flag("timeout", .duration)],
      input: .optional, effect: .mutating),
    Signature(
      "to", group: .rows, about: "Write rows as text",
      parameters: [Parameter("format", .oneOf(["csv", "json"]))], input: .required, effect: .pure),
    Signature(
      "sort-by", group: .rows, about: "Sort rows", parameters: [Parameter("column", .column)],
      input: .required, effect: .pure, columns: .sameAsInput),
    Signature(
      "print", group: .rows, about: "Show values",
      parameters: [Parameter("value", .any, required: false, rest: true)], input: .optional,
      effect: .local),
  ]

  static let conditions = Signature(
    "where", group: .rows, about: "Keep some rows", parameters: [Parameter("condition", .any)],
    input: .required, effect: .pure, columns: .sameAsInput)

  static let commands = CommandLookup(
    named: { name in signatures.first { $0.name == name }.map(Declared.init) },
    names: { signatures.map(\.name) })
}

private struct Declared: Callable {
  let signature: Signature
  func run(_ call: Call) throws -> Outcome { .nothing }
}
