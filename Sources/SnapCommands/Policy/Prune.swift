import CloudAPI
import Retention
package import SnapLanguage
import SnapRun

/// `prune`: the snapshots that no rule keeps, deleted.
package struct Prune: Callable {
  let cloud: CloudSession
  let settings: @Sendable () -> PolicySettings

  package let signature = Signature(
    "prune", group: .change, about: "Delete the snapshots that no rule keeps",
    details: """
      The rules are those of restic's 'forget', 0.16 and later: each goes from a slice's newest
      snapshot to its oldest and keeps the newest of each period until its number is reached; one
      that has some left keeps the oldest too. What any rule keeps stays. Each slice is judged by
      itself. Snapshots that are running, failed, read-only or in the future neither count nor go.
      Without --slice, --query or rows before it, all slices are meant; rows may be snapshots or
      slices. Days, weeks and years are those of --zone. With --dry-run every row is shown with
      what would become of it, and why.
      """,
    flags: PolicyFlags.all + [
      Flag("slice", .slice, about: "the snapshots of this slice alone"),
      Flag("query", .string, about: "those with this part in their name or their slice's"),
    ] + Flag.waiting,
    input: .optional, effect: .mutating,
    examples: [
      Signature.Example(
        "prune --keep-daily 7 --keep-weekly 4 --keep-monthly 12", "in each slice, by the calendar"),
      Signature.Example("prune --keep-within 30d --slice web-01", "all of the last 30 days"),
      Signature.Example("ls --query nightly | prune --policy gfs", "by the profile's rules"),
      Signature.Example("slices | where region == SFO1 | prune --keep-last 3", "of some slices"),
    ])

  package func run(_ call: Call) throws -> Outcome {
    let settings = settings()
    let policy = try PolicyFlags.policy(of: call, settings)
    let chosen = try chosen(call)
    let now = Clock.microseconds()
    var report = Changes.Report()
    var steps: [Step] = []
    for slice in SliceSnapshots.grouped(chosen).sorted(by: { ($0.label, $0.id) < ($1.label, $1.id) }
    ) {
      let rows = Dictionary(slice.rows.map { ($0.id.rawValue, $0) }) { first, _ in first }
      let verdicts = policy.judge(rows.values.map(Entry.init), in: settings.zone, now: now)
      let doomed = verdicts.filter { $0.action == .delete }
      let keepers = Set(
        verdicts.filter { $0.action == .keep && $0.entry.exemption == nil }
          .map { SnapshotID($0.entry.id) })
      report.judged += verdicts.compactMap { verdict in
        rows[verdict.entry.id].map { Self.value($0, verdict) }
      }
      report.counts.append(
        .record(
          Record([
            ("vmname", .string(slice.label)), ("delete", .int(doomed.count)),
            ("keep", .int(verdicts.count - doomed.count)),
          ])))
      // The oldest first: what is broken off leaves the younger ones.
      for verdict in doomed.reversed() {
        guard let row = rows[verdict.entry.id] else { continue }
        steps.append(
          Step(
            .delete(row.id), snapshot: row, slice: slice.id, sliceName: slice.name,
            keepers: keepers))
      }
    }
    return .effects(Changes(steps: steps, wait: try call.wait(), report: report))
  }

  private static func value(_ row: SnapshotRow, _ verdict: Verdict) -> Value {
    SnapshotRecords.value(
      row,
      adding: [
        ("action", .string(verdict.action.rawValue)),
        ("reasons", .list(verdict.reasons.map { .string($0.text) })),
      ])
  }

  /// The rows to judge, as the whole list has them now.
  ///
  /// It is read once: of a row that it misses the rules take notice as of one that is gone, and that
  /// never makes another one go.
  private func chosen(_ call: Call) throws -> [SnapshotRow] {
    let cloud = cloud
    let query = call.flag("query")?.stringValue
    if call.input != nil {
      guard query == nil, call.flag("slice") == nil else {
        throw Failure(
          .usage, "'--slice' and '--query' don't go with rows before 'prune'",
          help: "choose them before: ls --query … | where … | prune …", exitCode: ExitCode.usage)
      }
      let piped = try call.rows.collect()
      let (snapshots, slices) = try Self.ids(piped)
      let all = try call.host.wait { try await cloud.list(query: nil) }
      return all.filter { row in
        snapshots.contains(row.id) || row.slice.map(slices.contains) == true
      }
    }
    let slice = try call.flag("slice").map { try Targets(cloud: cloud, host: call.host).slice($0) }
    let all = try call.host.wait { try await cloud.list(query: nil) }
    return all.filter { row in
      (slice == nil || row.slice == slice?.id) && (query.map(row.matches) ?? true)
    }
  }

  /// What rows name: a snapshot by `id`, or else a slice by `vm_id`.
  private static func ids(_ rows: [Value]) throws -> (Set<SnapshotID>, Set<SliceID>) {
    var snapshots: Set<SnapshotID> = []
    var slices: Set<SliceID> = []
    for row in rows {
      let record = row.recordValue
      let value = record?[SnapshotRow.Field.id] ?? row
      if let id = value.intValue {
        snapshots.insert(SnapshotID(id))
      } else if let id = value.stringValue.flatMap({ SnapshotID(handle: $0) }) {
        snapshots.insert(id)
      } else if let id = record?[SnapshotRow.Field.vmID]?.intValue {
        slices.insert(SliceID(id))
      } else {
        throw Failure(
          .usage, "the row is neither a snapshot nor a slice: it has no 'id' and no 'vm_id'",
          item: row)
      }
    }
    return (snapshots, slices)
  }
}

extension Entry {
  fileprivate init(_ row: SnapshotRow) {
    self.init(id: row.id.rawValue, created: row.createdTime, exemption: row.exemption)
  }
}
