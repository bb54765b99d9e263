package import LocalCloud

extension CloudStorage {
  /// A pool of a Ceph cluster, which any number of servers share. Blocks.
  ///
  /// A server that hasn't renewed its `lease` is held for dead by the others. `cache` is a folder
  /// for a copy of the records. Throws `CephError`, and `LocalCloudError` for records that can't be
  /// read.
  package init(
    ceph address: CephAddress, cache: String, lease: Duration = .seconds(15)
  ) throws {
    // Images may wait for an OSD that starts again; who reads a list doesn't.
    let images = try CephConnection(address, timeout: 60)
    let records = try CephConnection(address, timeout: 10)
    try self.init(
      disks: RBDDiskStore(images), log: try CephRecordLog(records),
      instances: try CephInstances([images, records], lease: lease),
      cache: cache)
  }
}
