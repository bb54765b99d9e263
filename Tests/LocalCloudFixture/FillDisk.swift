import LocalCloud
import OrderedJSON

/// Begins two snapshots that fit one by one but not both, in a folder on a small file system, and
/// prints what came of them.
func fillDisk(_ cloud: LocalCloud, image: String) async throws {
  let slices = [
    try await cloud.addSlice(name: "one", importing: image),
    try await cloud.addSlice(name: "two", importing: image),
  ]
  var operations: [Operation] = []
  for slice in slices {
    operations.append(try await cloud.begin(.create(slice.id, name: "of \(slice.name)")))
  }
  for operation in operations {
    if let error = await cloud.perform(operation) {
      say("failed: \(error)")
    } else {
      say("done: \(operation.slice)")
    }
  }
  do {
    _ = try await cloud.begin(.create(slices[1].id, name: "again"))
    say("accepted")
  } catch { say("refused: \(error)") }
  say(try await cloud.list(query: nil, page: 1).text())
}
