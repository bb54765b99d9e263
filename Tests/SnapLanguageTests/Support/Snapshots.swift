import SnapLanguage

/// Rows as the API sends them.
enum Snapshots {
  static let columns = [
    "id", "name", "vm_id", "vmname", "perms", "snapshot_size", "created", "duration",
  ]

  static let all: [Value] = [
    row(11, "base", 1, "web-01", "rw", 21, "2025-02-04 10:19:36.925397", "43s"),
    row(12, "nightly", 1, "web-01", "ro", 5, "2026-09-01 00:00:00", "2min"),
    row(13, "old", 2, "web-02", "rw", 30, "2026-09-02 00:00:00", nil),
    row(14, "auto-1", 3, "db-01", "rw", nil, "2024-01-01 00:00:00", "1h"),
    row(15, "auto-2", 3, "db-01", "rw", 40, "2024-01-02 00:00:00", "1h"),
  ]

  private static let shape = Shape(
    columns, forms: [.plain, .plain, .plain, .plain, .plain, .gigabytes, .timestamp, .durationText])

  private static func row(
    _ id: Int, _ name: String, _ slice: Int, _ sliceName: String, _ perms: String, _ size: Int?,
    _ created: String, _ duration: String?
  ) -> Value {
    .record(
      Record(
        shape: shape,
        wireValues: [
          .int(id), .string(name), .int(slice), .string(sliceName), .string(perms),
          size.map(Value.int) ?? .null, .string(created), duration.map(Value.string) ?? .null,
        ]))
  }
}
