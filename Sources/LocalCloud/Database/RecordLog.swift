/// The one order of all changes of the records, for machines that share a cloud.
///
/// Entries are numbered from 1. Methods block; those that throw `LocalCloudError.unreachable` may be
/// called again.
package protocol RecordLog: Sendable {
  /// What a machine needs that has read up to entry `last`, complete at some moment between the
  /// call and its end.
  func read(after last: Int) throws -> LogTail

  /// Appends the entry `number`; false when there is already one. When it throws, the entry may
  /// yet appear.
  func append(_ entry: [UInt8], as number: Int) throws -> Bool

  /// The number of the entry after which the newest checkpoint was made; 0 when there is none.
  func newestCheckpoint() throws -> Int

  /// Keeps the file at `path` as the records after entry `number`; entries up to the checkpoint
  /// before it may then be forgotten. Does nothing when there is a later one.
  func saveCheckpoint(of path: String, after number: Int) throws

  /// Writes the newest checkpoint to the file at `path`; answers its entry's number.
  func loadCheckpoint(into path: String) throws -> Int
}

/// The end of a `RecordLog`.
package enum LogTail: Sendable {
  /// In order, without a gap; `isMore` when there are others behind them.
  case entries([[UInt8]], isMore: Bool)
  /// The entries asked for are forgotten: `loadCheckpoint` gives what they came to.
  case forgotten
}
