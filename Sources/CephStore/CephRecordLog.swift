import CCeph
import Glibc
import LocalCloud

/// A `RecordLog` in the omap of one object.
///
///     snapsh.log     omap: seq         the number of the last entry
///                          checkpoint  the entry after which the newest checkpoint was made
///                          before      the same of the checkpoint before it: the log begins there
///                          eNNN…       an entry, its number in 16 digits
///     snapsh.checkpoint.N.K
///                    the K-th piece of the checkpoint after entry N
///
/// An entry is appended by one operation on the object: compare `seq`, set it, set the entry. The
/// OSD does all of it or nothing, and all clients' in one order (librados.h, "Object Operations").
final class CephRecordLog: RecordLog {
  private let connection: CephConnection
  private static let object = "snapsh.log"
  /// Entries that are read at once.
  private static let page: UInt64 = 500
  /// The size of a piece of a checkpoint, in bytes.
  private static let piece = 4 << 20

  /// Makes the log if it isn't there.
  init(_ connection: CephConnection) throws {
    self.connection = connection
    do {
      try Omap.write(connection, Self.object) { operation in
        operation.createExclusively()
        operation.set([("seq", "0"), ("checkpoint", "0"), ("before", "0")])
      }
    } catch CephError.failed(_, _, EEXIST) {
      // Another server, or an earlier one, has made it.
    }
  }

  func read(after last: Int) throws -> LogTail {
    try reachable {
      let (marks, entries, isMore) = try Omap.read(
        connection, Self.object, keys: ["before"], after: Self.key(last), prefix: "e",
        limit: Self.page)
      guard let begin = marks["before"].flatMap(Self.number), begin <= last else {
        return .forgotten
      }
      return .entries(entries.map(\.value), isMore: isMore)
    }
  }

  func append(_ entry: [UInt8], as number: Int) throws -> Bool {
    try reachable {
      do {
        try Omap.write(connection, Self.object) { operation in
          operation.require("seq", is: "\(number - 1)")
          operation.set([("seq", Array("\(number)".utf8)), (Self.key(number), entry)])
        }
        return true
      } catch CephError.failed(_, _, ECANCELED) { return false }
    }
  }

  func newestCheckpoint() throws -> Int {
    try reachable {
      let (marks, _, _) = try Omap.read(
        connection, Self.object, keys: ["checkpoint"], after: "e", prefix: "e", limit: 0)
      return marks["checkpoint"].flatMap(Self.number) ?? 0
    }
  }

  func saveCheckpoint(of path: String, after number: Int) throws {
    let (marks, _, _) = try Omap.read(
      connection, Self.object, keys: ["checkpoint", "before"], after: "e", prefix: "e", limit: 0)
    guard let newest = marks["checkpoint"].flatMap(Self.number),
      let before = marks["before"].flatMap(Self.number), newest < number
    else { return }
    try writePieces(of: path, after: number)
    do {
      try Omap.write(connection, Self.object) { operation in
        operation.require("checkpoint", is: "\(newest)")
        operation.set([("checkpoint", "\(number)"), ("before", "\(newest)")])
        operation.removeRange(from: Self.key(0), to: Self.key(newest + 1))
      }
      // The one before the newest stays for those who are reading it.
      if before > 0 { try removePieces(after: before) }
    } catch CephError.failed(_, _, ECANCELED) {
      // Another server was faster.
      try removePieces(after: number)
    }
  }

  func loadCheckpoint(into path: String) throws -> Int {
    try reachable {
      let number = try newestCheckpoint()
      let file = try OpenFile(path, O_WRONLY | O_CREAT | O_TRUNC)
      var buffer = [CChar](repeating: 0, count: Self.piece)
      var offset = 0
      for index in 0... {
        let name = Self.piece(index, after: number)
        let length = connection.calls.rados_read(
          connection.context, name, &buffer, buffer.count, 0)
        if length == -ENOENT, index > 0 { break }
        try ceph(length, "read", name)
        try file.write(buffer[..<Int(length)], at: offset)
        offset += Int(length)
      }
      return number
    }
  }

  private func writePieces(of path: String, after number: Int) throws {
    let file = try OpenFile(path, O_RDONLY)
    var index = 0
    while case let bytes = try file.read(Self.piece, at: index * Self.piece), !bytes.isEmpty {
      let name = Self.piece(index, after: number)
      try ceph(
        connection.calls.rados_write_full(connection.context, name, bytes, bytes.count), "write",
        name)
      index += 1
    }
  }

  private func removePieces(after number: Int) throws {
    for index in 0... {
      let name = Self.piece(index, after: number)
      let result = connection.calls.rados_remove(connection.context, name)
      if result == -ENOENT { return }
      try ceph(result, "remove", name)
    }
  }

  private static func piece(_ index: Int, after number: Int) -> String {
    "snapsh.checkpoint.\(number).\(index)"
  }

  private static func key(_ number: Int) -> String {
    let digits = String(number)
    return "e" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func number(_ bytes: [UInt8]) -> Int? {
    Int(String(decoding: bytes, as: UTF8.self))
  }
}

/// Says of what the cluster didn't answer that it can't be reached, and of a client that was shut
/// out that it was taken over.
func reachable<Result>(_ body: () throws -> Result) throws -> Result {
  do { return try body() } catch let error as CephError {
    switch error {
    case .failed(_, _, CephError.blocklisted): throw LocalCloudError.takenOver
    case .failed(_, _, ETIMEDOUT), .failed(_, _, ENOTCONN), .failed(_, _, EAGAIN):
      throw LocalCloudError.unreachable(error.description)
    default: throw error
    }
  }
}
