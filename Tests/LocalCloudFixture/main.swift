// A process that works on a data folder and can be killed at a known moment:
//   LocalCloudFixture FOLDER CHECKPOINT add NAME BYTES | create SLICE NAME | restore SNAPSHOT SLICE
//     | delete SNAPSHOT | remove SLICE | serve TOKEN
// At CHECKPOINT ("none" for none) it prints "reached" and stays there. "serve" prints the port.
import CloudAPI
import Glibc
import LocalCloud

let arguments = CommandLine.arguments
guard arguments.count > 4 else { exit(2) }
let (folder, checkpoint) = (arguments[1], arguments[2])

let store = try FileDiskStore(folder: folder) { reached in
  guard reached.rawValue == checkpoint else { return }
  say("reached")
  while true { pause() }
}
let cloud = try await LocalCloud(folder: folder, store: store)

func number(_ index: Int) -> Int { Int(arguments[index]) ?? 0 }

func perform(_ change: Change) async throws {
  if let error = await cloud.perform(try await cloud.begin(change)) { throw error }
}

switch arguments[3] {
case "add": say(try await cloud.addSlice(name: arguments[4], size: number(5)).id)
case "create": try await perform(.create(SliceID(number(4)), name: arguments[5]))
case "restore": try await perform(.restore(SnapshotID(number(4)), onto: SliceID(number(5))))
case "delete": try await perform(.delete(SnapshotID(number(4))))
case "remove": try await perform(.remove(SliceID(number(4))))
case "serve":
  try await LocalCloudServer(cloud: cloud, port: 0, token: arguments[4]).run { say($0) }
case "fill": try await fillDisk(cloud, image: arguments[4])
default: exit(2)
}
