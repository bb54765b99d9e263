import CCeph
import Glibc

/// Operations on the keys and values of one object in the namespace for records.
enum Omap {
  /// Does all that `build` names, or nothing. Throws `CephError` with ECANCELED when a value that
  /// was required is another one.
  static func write(
    _ connection: CephConnection, _ object: String, _ build: (borrowing Write) -> Void
  ) throws(CephError) {
    let operation = Write(connection.calls)
    build(operation)
    let result = connection.calls.rados_write_op_operate(
      operation.handle, connection.context, object, nil, 0)
    try ceph(result, "write", object)
  }

  /// What one read gives: the values of `keys` that are there, up to `limit` entries whose keys
  /// begin with `prefix` behind the key `after`, and whether there are more of these.
  static func read(
    _ connection: CephConnection, _ object: String, keys: [String], after: String, prefix: String,
    limit: UInt64
  ) throws(CephError) -> (
    marks: [String: [UInt8]], entries: [(key: String, value: [UInt8])], isMore: Bool
  ) {
    let calls = connection.calls
    let operation = calls.rados_create_read_op()
    defer { calls.rados_release_read_op(operation) }
    // librados writes there when the operation is done, so they must stay where they are.
    let output = UnsafeMutablePointer<ReadOutput>.allocate(capacity: 1)
    output.initialize(to: ReadOutput())
    defer { output.deallocate() }
    withCStrings(keys) { keys, lengths in
      calls.rados_read_op_omap_get_vals_by_keys2(
        operation, keys.baseAddress.unsafelyUnwrapped, keys.count,
        lengths.baseAddress.unsafelyUnwrapped, output.at(\.marks), output.at(\.marksResult))
    }
    if limit > 0 {
      calls.rados_read_op_omap_get_vals2(
        operation, after, prefix, limit, output.at(\.entries), output.at(\.isMore),
        output.at(\.entriesResult))
    }
    let result = calls.rados_read_op_operate(operation, connection.context, object, 0)
    let read = output.pointee
    defer {
      if read.marks != nil { calls.rados_omap_get_end(read.marks) }
      if read.entries != nil { calls.rados_omap_get_end(read.entries) }
    }
    for result in [result, read.marksResult, read.entriesResult] {
      try ceph(result, "read", object)
    }
    let found = Self.pairs(read.marks, calls)
    return (
      Dictionary(found.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
      limit > 0 ? Self.pairs(read.entries, calls) : [], read.isMore != 0
    )
  }

  private struct ReadOutput {
    var marks: CephHandle = nil
    var marksResult: Int32 = 0
    var entries: CephHandle = nil
    var entriesResult: Int32 = 0
    var isMore: UInt8 = 0
  }

  private static func pairs(
    _ iterator: CephHandle, _ calls: snapsh_ceph
  ) -> [(key: String, value: [UInt8])] {
    var pairs: [(key: String, value: [UInt8])] = []
    while true {
      var (key, value): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?) = (nil, nil)
      var (keyLength, valueLength) = (0, 0)
      let result = calls.rados_omap_get_next2(iterator, &key, &value, &keyLength, &valueLength)
      guard result == 0, let key else { return pairs }
      let name = UnsafeRawBufferPointer(start: key, count: keyLength)
      let bytes = UnsafeRawBufferPointer(start: value, count: valueLength)
      pairs.append((String(decoding: name, as: UTF8.self), Array(bytes)))
    }
  }

  /// What a write does, in order; the strings are copied.
  struct Write: ~Copyable {
    fileprivate let calls: snapsh_ceph
    fileprivate let handle: CephHandle

    fileprivate init(_ calls: snapsh_ceph) {
      self.calls = calls
      handle = calls.rados_create_write_op()
    }

    deinit { calls.rados_release_write_op(handle) }

    /// Makes the object; fails with EEXIST when it is there.
    func createExclusively() { calls.rados_write_op_create(handle, 1, nil) }

    func require(_ key: String, is value: String) {
      // LIBRADOS_CMPXATTR_OP_EQ
      calls.rados_write_op_omap_cmp2(
        handle, key, 1, value, key.utf8.count, value.utf8.count, nil)
    }

    func set(_ values: [(key: String, value: String)]) {
      set(values.map { ($0.key, Array($0.value.utf8)) })
    }

    func set(_ values: [(key: String, value: [UInt8])]) {
      for (key, value) in values {
        value.withUnsafeBufferPointer { bytes in
          bytes.withMemoryRebound(to: CChar.self) { bytes in
            withCStrings([key]) { keys, lengths in
              var length = bytes.count
              // librados takes an address for a value of no bytes as well.
              let empty: [CChar] = [0]
              empty.withUnsafeBufferPointer { empty in
                var start = bytes.baseAddress ?? empty.baseAddress
                calls.rados_write_op_omap_set2(
                  handle, keys.baseAddress.unsafelyUnwrapped, &start,
                  lengths.baseAddress.unsafelyUnwrapped, &length, 1)
              }
            }
          }
        }
      }
    }

    func remove(_ key: String) {
      withCStrings([key]) { keys, lengths in
        calls.rados_write_op_omap_rm_keys2(
          handle, keys.baseAddress.unsafelyUnwrapped, lengths.baseAddress.unsafelyUnwrapped, 1)
      }
    }

    /// Without `end`.
    func removeRange(from begin: String, to end: String) {
      calls.rados_write_op_omap_rm_range2(handle, begin, begin.utf8.count, end, end.utf8.count)
    }
  }
}

extension UnsafeMutablePointer {
  fileprivate func at<Field>(_ field: KeyPath<Pointee, Field>) -> UnsafeMutablePointer<Field> {
    let offset = MemoryLayout<Pointee>.offset(of: field).unsafelyUnwrapped
    return UnsafeMutableRawPointer(self).advanced(by: offset).assumingMemoryBound(to: Field.self)
  }
}

/// At least one string.
private func withCStrings<Result>(
  _ strings: [String],
  _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>, UnsafeBufferPointer<Int>) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  let pointers = copies.map { UnsafePointer($0) }
  let lengths = strings.map(\.utf8.count)
  return pointers.withUnsafeBufferPointer { pointers in
    lengths.withUnsafeBufferPointer { body(pointers, $0) }
  }
}
