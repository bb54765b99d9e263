import SnapLanguage
import SnapOutput

/// 2025-02-10T12:00:00Z.
let noon = 1_739_188_800_000_000

/// Rows as the list of all snapshots gives them.
let snapshotShape = Shape(
  [
    "created", "duration", "id", "in_progress", "name", "perms", "progress", "region",
    "snapshot_size", "vm_id", "vmname",
  ],
  forms: [
    .timestamp, .durationText, .plain, .plain, .plain, .plain, .plain, .plain, .gigabytes, .plain,
    .plain,
  ])

func snapshot(
  _ id: Int, _ name: String, slice: String = "web.example.com", created: String,
  perms: String = "rw",
  size: Int = 21, operation: Value = .null, progress: Value = .null
) -> Value {
  .record(
    Record(
      shape: snapshotShape,
      wireValues: [
        .string(created), .string("43s"), .int(id), operation, .string(name), .string(perms),
        progress, .string("SFO1"), .int(size), .int(3247), .string(slice),
      ]))
}

let threeSnapshots: [Value] = [
  snapshot(14901, "before-upgrade", created: "2025-02-04 10:19:36.925397"),
  snapshot(
    15258, "nightly", slice: "db.example.com", created: "2025-02-10 11:48:00", perms: "ro", size: 1),
  snapshot(
    15300, "new", created: "2025-02-10 11:59:20", size: 0, operation: .string("create"),
    progress: .int(40)),
]

func record(_ fields: KeyValuePairs<String, Value>) -> Value {
  .record(Record(fields.map { ($0.key, $0.value) }))
}

/// What the writer gives for `flow`.
func text(
  _ flow: Flow, _ format: OutputFormat, width: Int? = nil, isTerminal: Bool = false,
  isColored: Bool = false, columns: [String]? = nil
) throws -> String {
  var text = ""
  let style = OutputStyle(
    format: format, isColored: isColored, width: width, isTerminal: isTerminal, now: noon)
  try ValueWriter(style: style, columns: columns).write(flow) { text += $0 }
  return text
}

func text(
  _ value: Value, _ format: OutputFormat, width: Int? = nil, isTerminal: Bool = false,
  isColored: Bool = false, columns: [String]? = nil
) throws -> String {
  try text(
    .value(value), format, width: width, isTerminal: isTerminal, isColored: isColored,
    columns: columns)
}

extension Value {
  /// The value with its types spelt out, for comparison.
  var typed: String {
    switch self {
    case .list(let items): "[" + items.map(\.typed).joined(separator: ", ") + "]"
    case .record(let record):
      "{"
        + zip(record.names, record.wireValues).map { "\($0.debugDescription): \($1.typed)" }
        .joined(separator: ", ") + "}"
    case .string(let text): text.debugDescription
    case .float(let number): "float(\(number))"
    case .int(let number): "int(\(number))"
    case .datetime(let time): "datetime(\(time))"
    case .bool(let bool): "bool(\(bool))"
    case .size(let size): "size(\(size))"
    case .duration(let duration): "duration(\(duration))"
    case .null, .block: typeName
    }
  }
}
