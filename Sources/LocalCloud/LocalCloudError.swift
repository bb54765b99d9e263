package import CloudAPI

/// Why the local cloud doesn't do what it was asked.
package enum LocalCloudError: Error, Hashable {
  /// The text, an id or a name, by which a slice was asked for.
  case unknownSlice(String)
  case ambiguousSlice(String, [SliceID])
  /// The text by which a snapshot was asked for.
  case unknownSnapshot(String)
  case sliceNameTaken(String)
  case badSliceName(String)
  case badSliceSize(Int)
  case readOnlySlice(SliceID, name: String)
  case readOnlySnapshot(SnapshotID, name: String)
  /// `operation` is what is running there.
  case busySlice(SliceID, operation: OperationKind)
  case busySnapshot(SnapshotID, operation: OperationKind)
  /// In bytes.
  case insufficientSpace(needed: Int, available: Int)
  /// The server is shutting down and begins nothing.
  case shuttingDown
  /// The database was made by a later version of this program.
  case newerDatabase(version: Int)
  /// The shared records or images can't be reached now, or the answer didn't come: what was asked
  /// may have been done. The text says what happened.
  case unreachable(String)
  /// Others hold this process for dead, and have ended what it had begun.
  case takenOver
  /// A later version of this program wrote the shared records.
  case newerRecords
  case badRequest(BadRequest)

  /// What is wrong with a request before anything was looked up.
  package enum BadRequest: Sendable, Hashable {
    case unauthorized
    case bodyIsNoObject
    case nameIsMissing
    case nameIsNoText
    case nameIsEmpty
    case nameIsTooLong(characters: Int)
    case page(String)
    case unknownPath(String)
  }
}

extension LocalCloudError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownSlice(let text): "there is no slice \"\(text)\""
    case .ambiguousSlice(let text, let ids):
      "\"\(text)\" fits several slices: \(ids.map(\.description).joined(separator: ", "))"
    case .unknownSnapshot(let text): "there is no snapshot \"\(text)\""
    case .sliceNameTaken(let name): "there is already a slice \"\(name)\""
    case .badSliceName(let name):
      "the name of a slice must have 1 to \(Endpoint.longestName) characters and no control "
        + "characters: \"\(name)\""
    case .badSliceSize(let size): "the size of a slice must be at least 1 byte, not \(size)"
    case .readOnlySlice(let id, let name):
      "slice \(id) \"\(name)\" lacks read-write permission (rw)"
    case .readOnlySnapshot(let id, let name):
      "snapshot \(id) \"\(name)\" lacks read-write permission (rw)"
    case .busySlice(let id, let operation):
      "slice \(id) is busy: its operation \"\(operation.rawValue)\" is still running"
    case .busySnapshot(let id, let operation):
      "snapshot \(id) is busy: its operation \"\(operation.rawValue)\" is still running"
    case .insufficientSpace(let needed, let available):
      "the disk is full: \(needed) bytes needed, \(available) available"
    case .shuttingDown: "the server is shutting down"
    case .newerDatabase(let version):
      "the data folder was written by a later version of this program (format \(version))"
    case .unreachable(let reason): "the store can't be reached: \(reason)"
    case .takenOver: "another server has taken over what this one did"
    case .newerRecords: "the shared records were written by a later version of this program"
    case .badRequest(let problem): problem.description
    }
  }
}

extension LocalCloudError.BadRequest: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unauthorized: "the header \"authorization: bearer TOKEN\" is missing or wrong"
    case .bodyIsNoObject: "the body must be a JSON object"
    case .nameIsMissing: "\"snapshot_name\" is missing"
    case .nameIsNoText: "\"snapshot_name\" must be a text"
    case .nameIsEmpty: "\"snapshot_name\" must not be empty"
    case .nameIsTooLong(let characters):
      "\"snapshot_name\" must have at most \(Endpoint.longestName) characters, not \(characters)"
    case .page(let text): "\"page\" must be a whole number from 1, not \"\(text)\""
    case .unknownPath(let path): "there is nothing at \"\(path)\""
    }
  }
}

extension SystemCallError: CustomStringConvertible {
  package var description: String {
    let reason = isFull ? "the disk is full" : Self.words(for: code)
    return "\(call) \"\(path)\": \(reason)"
  }
}
