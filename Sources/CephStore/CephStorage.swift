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
    let images = try CephConnection(address, timeout: nil)
    let records = try CephConnection(address, timeout: 10)
    let calls = ImageCalls(images)
    try self.init(
      disks: RBDDiskStore(calls), log: try CephRecordLog(records),
      instances: try CephInstances([images, records], lease: lease, images: calls),
      cache: cache)
  }
}
