import CCeph
import Glibc

/// A pointer of librados or librbd.
typealias CephHandle = UnsafeMutableRawPointer?

/// A connection with a cluster, and one pool of it. Calls block; those about objects end at the latest
/// after the connection's time limit, when what they were to do may yet be done.
final class CephConnection: Sendable {
  let calls: snapsh_ceph
  let address: CephAddress
  nonisolated(unsafe) let cluster: CephHandle
  /// The pool, or a namespace of it.
  nonisolated(unsafe) let context: CephHandle

  /// Throws `CephError`. `timeout` is the limit of a call, in seconds; nil for images, since librbd
  /// can't live with one: it crashes when an operation that it counts on is given up (ceph pull
  /// requests 20112 and 21141). `ImageCalls` bounds those. Its watches don't take a faster clock
  /// either: with ticks of 1 s librados 16.2.15 aborted, or stood still, when a cut network came back.
  init(_ address: CephAddress, timeout: Int?) throws {
    guard let calls = snapsh_ceph_load() else {
      throw CephError.noLibrary(String(cString: snapsh_ceph_problem()))
    }
    let pool = address.pool
    let user = "client." + address.user
    var cluster: CephHandle = nil
    try ceph(calls.pointee.rados_create(&cluster, address.user), "rados_create", user)
    var context: CephHandle = nil
    do {
      try ceph(
        calls.pointee.rados_conf_read_file(cluster, address.configuration),
        "read the configuration", address.configuration ?? "/etc/ceph/ceph.conf")
      var limits = [("client_mount_timeout", timeout ?? 30)]
      if let timeout {
        // A client asks where an OSD is when an operation is this old, looking every so often. By
        // default that is after 10 s: operations that were given up before would never ask.
        limits += [
          ("rados_osd_op_timeout", timeout), ("objecter_timeout", 2), ("objecter_tick_interval", 1),
        ]
      }
      for (option, seconds) in limits {
        try ceph(calls.pointee.rados_conf_set(cluster, option, "\(seconds)"), "set", option)
      }
      try ceph(calls.pointee.rados_connect(cluster), "connect as", user)
      try ceph(calls.pointee.rados_ioctx_create(cluster, pool, &context), "open the pool", pool)
      if !address.namespace.isEmpty {
        let result = calls.pointee.rbd_namespace_create(context, address.namespace)
        // Who may not make one can still use it.
        if ![-EEXIST, -EPERM, -EACCES].contains(result) {
          try ceph(result, "create the namespace", address.place)
        }
        calls.pointee.rados_ioctx_set_namespace(context, address.namespace)
      }
    } catch {
      if context != nil { calls.pointee.rados_ioctx_destroy(context) }
      calls.pointee.rados_shutdown(cluster)
      throw error
    }
    self.calls = calls.pointee
    self.address = address
    self.cluster = cluster
    self.context = context
  }

  deinit {
    calls.rados_ioctx_destroy(context)
    calls.rados_shutdown(cluster)
  }

  /// The addresses by which the cluster knows this client, as `rados_blocklist_add` takes them.
  func clientAddresses() throws -> String {
    var text: UnsafeMutablePointer<CChar>?
    try ceph(calls.rados_getaddrs(cluster, &text), "rados_getaddrs", address.pool)
    defer { calls.rados_buffer_free(text) }
    return text.map { String(cString: $0) } ?? ""
  }

  /// Shuts a client out of the cluster: nothing that it sent or sends is done after this returns.
  func shutOut(_ client: String) throws {
    let seconds: UInt32 = 24 * 3600
    try ceph(calls.rados_blocklist_add(cluster, client, seconds), "shut out", client)
    try ceph(calls.rados_wait_for_latest_osdmap(cluster), "wait for the OSD map", address.pool)
  }
}

/// `result` unless it is negative.
@discardableResult
func ceph<Result: SignedInteger>(
  _ result: Result, _ call: String, _ object: String
) throws(CephError) -> Result {
  guard result >= 0 else { throw .failed(call: call, object: object, code: Int32(-result)) }
  return result
}
