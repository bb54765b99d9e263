import Glibc

/// Where a cloud is kept: its records, its images, and who works on it.
package struct CloudStorage: Sendable {
  let catalog: Catalog
  let disks: any DiskStore
  let instances: any InstanceRegister

  /// A folder of this machine, which is made if it isn't there; `disks` is where the images lie,
  /// files in the folder when nil. Blocks.
  package init(folder: String, disks: (any DiskStore)? = nil) throws {
    let dataFolder = try DataFolder(creating: folder)
    catalog = try Catalog(path: dataFolder.database)
    self.disks = try disks ?? FileDiskStore(folder: folder)
    instances = try InstanceLock(in: dataFolder.instances)
  }

  /// A store that several machines share. The records that `log` tells are copied to a file in the
  /// folder for temporary files, which goes with the process. Blocks.
  package init(
    disks: any DiskStore, log: any RecordLog, instances: any InstanceRegister
  ) throws {
    self.disks = disks
    self.instances = instances
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/snapsh-records-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SystemCallError(call: "mkdtemp", path: parent, code: errno)
    }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    catalog = try Catalog(following: log, in: TemporaryReplica(folder: folder))
  }
}

/// The file of a copy of shared records; removed when nobody uses it any more.
final class TemporaryReplica: Sendable {
  private let folder: String
  var path: String { folder + "/records.sqlite" }

  init(folder: String) { self.folder = folder }

  deinit {
    for suffix in ["", "-wal", "-shm"] { _ = unlink(path + suffix) }
    _ = rmdir(folder)
  }
}
