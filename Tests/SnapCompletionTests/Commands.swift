import SnapLanguage

enum Commands {
  static let snapshotColumns = ["created", "id", "name", "perms", "region", "vm_id", "vmname"]
  static let sliceColumns = ["vm_id", "vmname", "region", "snapshots"]

  private static let waiting = [
    Flag("timeout", .duration, about: "how long"), Flag("wait", about: "until it is done"),
  ]

  private static let snapshots = Parameter("snapshot", .snapshot, required: false, rest: true)

  static let all = [
    Signature(
      "ls", group: .read, about: "List snapshots",
      parameters: [Parameter("slice", .slice, required: false)],
      flags: [
        Flag("query", .string, short: "q", about: "a part"), Flag("page", .int, about: "one"),
      ],
      effect: .read, columns: .fixed(snapshotColumns), columnTypes: ["created": .datetime]),
    Signature(
      "slices", group: .read, about: "List slices", effect: .read, columns: .fixed(sliceColumns)),
    Signature(
      "show", group: .read, about: "Show", parameters: [snapshots], input: .optional, effect: .read,
      columns: .fixed(snapshotColumns)),
    Signature(
      "create", group: .change, about: "Take a snapshot",
      parameters: [Parameter("slice", .slice), Parameter("name", .string)], flags: waiting,
      effect: .mutating),
    Signature(
      "restore", group: .change, about: "Replace a slice's data",
      parameters: [
        Parameter("snapshot", .snapshot, required: false),
        Parameter("slice", .slice, required: false),
      ],
      flags: [Flag("guard", about: "a snapshot first")] + waiting, input: .optional,
      effect: .mutating),
    Signature(
      "rename", group: .change, about: "Rename",
      parameters: [Parameter("snapshot", .snapshot), Parameter("name", .string)], effect: .mutating),
    Signature(
      "rm", aliases: ["delete"], group: .change, about: "Delete", parameters: [snapshots],
      flags: waiting, input: .optional, effect: .mutating),
    Signature(
      "copy", group: .change, about: "Copy",
      flags: [Flag("from", .snapshot, about: "which"), Flag("onto", .slice, about: "where")],
      effect: .mutating),
    rows("where", [Parameter("condition", .any)], columns: .sameAsInput),
    rows(
      "sort-by", [Parameter("column", .column, rest: true)], flags: [Flag("desc")],
      columns: .sameAsInput),
    rows("select", [Parameter("column", .column, rest: true)], columns: .arguments),
    rows("group-by", [Parameter("column", .column)]),
    rows("get", [Parameter("column", .column)]),
    rows("first", [Parameter("count", .int)], columns: .sameAsInput),
    rows("each", [Parameter("block", .block)]),
    rows(
      "to",
      [
        Parameter(
          "format", .oneOf(["json", "jsonl", "csv", "yaml"]), meanings: ["json": "one text"])
      ]),
    wait(jobs: ["%12"]),
    rows("save", [Parameter("file", .path)], flags: [Flag("force", short: "f")]),
    Signature(
      "open", group: .rows, about: "Read", parameters: [Parameter("file", .path)], effect: .read),
    Signature(
      "print", group: .rows, about: "Print", parameters: [Parameter("value", .any, rest: true)],
      input: .optional, effect: .local),
    Signature(
      "help", group: .shell, about: "Help",
      parameters: [Parameter("command", .command, required: false)], effect: .read),
    Signature("!", group: .shell, about: "An outside program", effect: .local),
  ]

  private static func wait(jobs: [String]) -> Signature {
    var snapshots = snapshots
    snapshots.candidates = { _, _ in jobs.map { ($0, "a restore") } }
    return Signature(
      "wait", group: .read, about: "Wait", parameters: [snapshots], effect: .local)
  }

  private static func rows(
    _ name: String, _ parameters: [Parameter], flags: [Flag] = [],
    columns: Signature.Columns = .unknown
  ) -> Signature {
    Signature(
      name, group: .rows, about: "About \(name)", parameters: parameters, flags: flags,
      input: .required, effect: .pure, columns: columns)
  }
}
