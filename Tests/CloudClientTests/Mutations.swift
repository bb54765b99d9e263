import CloudAPI
import CloudClient

/// One call of each verb that changes something.
let mutations: [Verb: Endpoint] = [
  .create: .create(SliceID(3247), name: "mysnapshot"),
  .rename: .rename(SnapshotID(14901), name: "mysnapshot"),
  .delete: .delete(SnapshotID(14901)),
  .restore: .restore(SnapshotID(14901), onto: SliceID(3247)),
]
