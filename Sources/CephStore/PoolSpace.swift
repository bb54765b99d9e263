import CCeph
import Glibc
import OrderedJSON

/// The room in a pool.
enum PoolSpace {
  /// In bytes, as `ceph df` tells: what can still be written, replicas thought of.
  static func available(in connection: CephConnection) throws -> Int {
    let calls = connection.calls
    var output: UnsafeMutablePointer<CChar>?
    var length = 0
    let command = strdup(#"{"prefix": "df", "format": "json"}"#)
    defer { free(command) }
    var words = [UnsafePointer(command)]
    let result = calls.rados_mon_command(
      connection.cluster, &words, 1, nil, 0, &output, &length, nil, nil)
    try ceph(result, "ceph df", connection.address.pool)
    defer { calls.rados_buffer_free(output) }
    let text = UnsafeRawBufferPointer(start: output, count: length)
    let pools = try JSON(parsing: Array(text)).objectValue?["pools"]?.arrayValue ?? []
    let pool = pools.first { $0.objectValue?["name"]?.stringValue == connection.address.pool }
    let available = pool?.objectValue?["stats"]?.objectValue?["max_avail"]?.intValue
    guard let available else {
      throw CephError.failed(call: "ceph df", object: connection.address.pool, code: ENODATA)
    }
    return available
  }
}
