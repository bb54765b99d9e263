import CCeph
import Glibc
import LocalCloud

/// An open RBD image.
final class RBDImage {
  private let connection: CephConnection
  private let handle: CephHandle
  private let name: String

  /// The most that is copied at once, in bytes: an object of RBD's.
  private static let step = 4 << 20

  private var calls: snapsh_ceph { connection.calls }

  init(
    _ name: String, snapshot: String? = nil, in connection: CephConnection,
    isReadOnly: Bool = false
  ) throws(CephError) {
    var handle: CephHandle = nil
    let open = isReadOnly ? connection.calls.rbd_open_read_only : connection.calls.rbd_open
    try ceph(open(connection.context, name, &handle, snapshot), "open", name)
    self.connection = connection
    self.handle = handle
    self.name = name
  }

  deinit { _ = calls.rbd_close(handle) }

  /// Nil when there is no image of that name.
  static func existing(_ name: String, in connection: CephConnection) throws -> RBDImage? {
    do { return try RBDImage(name, in: connection) } catch CephError.failed(_, _, ENOENT) {
      return nil
    }
  }

  static func create(_ name: String, size: Int, in connection: CephConnection) throws(CephError) {
    var options: CephHandle = nil
    connection.calls.rbd_image_options_create(&options)
    defer { connection.calls.rbd_image_options_destroy(options) }
    try ceph(
      connection.calls.rbd_create4(connection.context, name, UInt64(size), options), "create", name)
  }

  /// Succeeds when it isn't there.
  static func remove(_ name: String, in connection: CephConnection) throws(CephError) {
    let result = connection.calls.rbd_remove(connection.context, name)
    if result != -ENOENT { try ceph(result, "remove", name) }
  }

  static func rename(
    _ name: String, to other: String, in connection: CephConnection
  ) throws(CephError) {
    try ceph(connection.calls.rbd_rename(connection.context, name, other), "rename", name)
  }

  /// In bytes; with a snapshot opened, of the snapshot.
  var size: Int {
    get throws(CephError) {
      var size: UInt64 = 0
      try ceph(calls.rbd_get_size(handle, &size), "size of", name)
      return Int(size)
    }
  }

  func resize(to size: Int) throws(CephError) {
    try ceph(calls.rbd_resize(handle, UInt64(size)), "resize", name)
  }

  /// The bytes of the objects that hold data, as `rbd du` counts them.
  var dataSize: Int {
    get throws(CephError) { try extents(wholeObjects: true).reduce(0) { $0 + $1.count } }
  }

  /// Succeeds when it is there.
  func createSnapshot(_ snapshot: String) throws(CephError) {
    let result = calls.rbd_snap_create(handle, snapshot)
    if result != -EEXIST { try ceph(result, "create the snapshot", "\(name)@\(snapshot)") }
  }

  /// Succeeds when it isn't there.
  func removeSnapshot(_ snapshot: String) throws(CephError) {
    let result = calls.rbd_snap_remove(handle, snapshot)
    if result != -ENOENT { try ceph(result, "remove the snapshot", "\(name)@\(snapshot)") }
    // librbd first moves a snapshot to the trash, under another name: there it stays when the process
    // is killed in between.
    for id in try snapshotIDs where try trashedName(id) == snapshot {
      let result = calls.rbd_snap_remove_by_id(handle, id)
      if result != -ENOENT { try ceph(result, "remove the snapshot", "\(name)@\(snapshot)") }
    }
  }

  var snapshotCount: Int { get throws(CephError) { try snapshotIDs.count } }

  private var snapshotIDs: [UInt64] {
    get throws(CephError) {
      var room: Int32 = 64
      while true {
        var found = [snapsh_rbd_snapshot](repeating: snapsh_rbd_snapshot(), count: Int(room))
        let count = calls.rbd_snap_list(handle, &found, &room)
        // `room` is then how much is needed.
        if count == -ERANGE { continue }
        try ceph(count, "list the snapshots of", name)
        let ids = found.prefix(Int(count)).map(\.id)
        if count > 0 { calls.rbd_snap_list_end(&found) }
        return ids
      }
    }
  }

  /// The name that a snapshot in the trash had; nil for one that isn't there.
  private func trashedName(_ id: UInt64) throws(CephError) -> String? {
    var type: Int32 = 0
    try ceph(calls.rbd_snap_get_namespace_type(handle, id, &type), "look at a snapshot of", name)
    // RBD_SNAP_NAMESPACE_TYPE_TRASH
    guard type == 2 else { return nil }
    var buffer = [CChar](repeating: 0, count: 256)
    try ceph(
      calls.rbd_snap_get_trash_namespace(handle, id, &buffer, buffer.count),
      "look at a snapshot of", name)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func rollBack(
    to snapshot: String, progress: @escaping DiskStore.Progress
  ) throws(CephError) {
    let report = ProgressReport(progress)
    let result = calls.rbd_snap_rollback_with_progress(
      handle, snapshot,
      { offset, total, data in
        guard let data, total > 0 else { return 0 }
        Unmanaged<ProgressReport>.fromOpaque(data).takeUnretainedValue()
          .reached(Int(offset * 100 / total))
        return 0
      }, Unmanaged.passUnretained(report).toOpaque())
    try ceph(result, "roll back", "\(name)@\(snapshot)")
    report.reached(100)
  }

  /// Takes the size and the data of `source`.
  func becomeCopy(of source: RBDImage, progress: @escaping DiskStore.Progress) throws {
    let report = ProgressReport(progress)
    let size = try source.size
    // Nothing of what was there before shines through the holes.
    try resize(to: 0)
    try resize(to: size)
    let extents = try source.extents(wholeObjects: false)
    let total = extents.reduce(0) { $0 + $1.count }
    var copied = 0
    for extent in extents {
      try write(extent) { range in
        copied += range.count
        report.reached(copied * 100 / max(1, total))
        return try source.read(range)
      }
    }
    try flush()
    report.reached(100)
  }

  /// Writes what `content` gives for the parts of `range`, in order.
  func write(_ range: Range<Int>, _ content: (Range<Int>) throws -> [CChar]) throws {
    var start = range.lowerBound
    while start < range.upperBound {
      let bytes = try content(start..<min(start + Self.step, range.upperBound))
      try ceph(calls.rbd_write(handle, UInt64(start), bytes.count, bytes), "write", name)
      start += bytes.count
    }
  }

  private func read(_ range: Range<Int>) throws(CephError) -> [CChar] {
    var buffer = [CChar](repeating: 0, count: range.count)
    try ceph(
      calls.rbd_read(handle, UInt64(range.lowerBound), buffer.count, &buffer), "read", name)
    return buffer
  }

  func flush() throws(CephError) { try ceph(calls.rbd_flush(handle), "flush", name) }

  func setNote(_ key: String, to value: String) throws(CephError) {
    try ceph(calls.rbd_metadata_set(handle, key, value), "note on", name)
  }

  func note(_ key: String) throws(CephError) -> String? {
    var buffer = [CChar](repeating: 0, count: 256)
    var length = buffer.count
    let result = calls.rbd_metadata_get(handle, key, &buffer, &length)
    if result == -ENOENT { return nil }
    try ceph(result, "read the note of", name)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Succeeds when there is none.
  func removeNote(_ key: String) throws(CephError) {
    let result = calls.rbd_metadata_remove(handle, key)
    if result != -ENOENT { try ceph(result, "remove the note of", name) }
  }

  /// The parts that hold data, in order.
  private func extents(wholeObjects: Bool) throws(CephError) -> [Range<Int>] {
    final class Found { var ranges: [Range<Int>] = [] }
    let found = Found()
    let result = calls.rbd_diff_iterate2(
      handle, nil, 0, UInt64(try size), 1, wholeObjects ? 1 : 0,
      { offset, length, exists, data in
        guard let data, exists != 0 else { return 0 }
        Unmanaged<Found>.fromOpaque(data).takeUnretainedValue().ranges
          .append(Int(offset)..<Int(offset) + length)
        return 0
      }, Unmanaged.passUnretained(found).toOpaque())
    try ceph(result, "find the data of", name)
    return found.ranges
  }
}

/// Passes on percentages that have risen.
private final class ProgressReport {
  private let progress: DiskStore.Progress
  private var last = 0

  init(_ progress: @escaping DiskStore.Progress) { self.progress = progress }

  func reached(_ percent: Int) {
    guard percent > last else { return }
    last = percent
    progress(percent)
  }
}
