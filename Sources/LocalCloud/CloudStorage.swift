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
  /// folder `cache`, which is made if it isn't there. Blocks.
  package init(
    disks: any DiskStore, log: any RecordLog, instances: any InstanceRegister, cache: String
  ) throws {
    self.disks = disks
    self.instances = instances
    catalog = try Catalog(following: log, in: ReplicaFile(in: cache))
  }
}
