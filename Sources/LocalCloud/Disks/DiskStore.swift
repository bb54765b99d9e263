package import CloudAPI

/// Where the bytes of slices and snapshots lie.
///
/// Each method either does all that it says or throws and leaves every image as it was. What a
/// killed process began is ended with `deleteSnapshot`, `deleteDisk`, `commitRestore` or
/// `discardRestore`; these four succeed when there is nothing left to do.
///
/// Callers let only one method at a time work on a slice, and never delete a snapshot that is
/// being read.
package protocol DiskStore: Sendable {
  /// Takes how much of the bytes is copied, in whole percent; called from any thread, rising.
  typealias Progress = @Sendable (_ percent: Int) -> Void

  /// Makes an empty disk of `size` bytes that takes no room until it is written.
  func createDisk(_ slice: SliceID, size: Int) async throws

  /// Makes a disk with the bytes of the raw image in `file`.
  func importDisk(_ slice: SliceID, from file: String) async throws

  /// Makes `snapshot` a copy of the slice's disk at this moment.
  func snapshotDisk(
    _ slice: SliceID, as snapshot: SnapshotID, progress: @escaping Progress) async throws

  /// Makes ready what `commitRestore` needs, as far as the slice's disk can stay as it is: a store
  /// of files has copied `snapshot` when this returns. It survives a power cut.
  func stageRestore(
    of snapshot: SnapshotImage, onto slice: SliceID, progress: @escaping Progress) async throws

  /// Makes the slice's disk what was staged. A store that can't do that in one step must be able to
  /// begin it again after it was broken off, until it is done.
  func commitRestore(onto slice: SliceID, progress: @escaping Progress) async throws

  /// Forgets what was staged, complete or not.
  func discardRestore(onto slice: SliceID) async throws

  func deleteSnapshot(_ snapshot: SnapshotImage) async throws
  func deleteDisk(_ slice: SliceID) async throws

  /// The size that a virtual machine sees, in bytes.
  func size(of image: DiskImage) async throws -> Int

  /// How much of the image holds data, in bytes: what a copy of it would take.
  func dataSize(of image: DiskImage) async throws -> Int

  /// Throws `LocalCloudError.insufficientSpace` when a copy of `image` obviously can't fit.
  func requireSpace(toCopy image: DiskImage) async throws

  /// Where a person finds the slice's disk: the path of a file, for a store of files.
  func location(ofDisk slice: SliceID) -> String
}

/// One of the images of a `DiskStore`.
package enum DiskImage: Sendable, Hashable {
  case disk(SliceID)
  case snapshot(SnapshotImage)
}

/// A snapshot, and the slice that it was taken of, which may have been removed since.
package struct SnapshotImage: Sendable, Hashable {
  package let id: SnapshotID
  package let slice: SliceID

  package init(_ id: SnapshotID, of slice: SliceID) {
    self.id = id
    self.slice = slice
  }
}
