package import CloudAPI
import Glibc

/// Images as sparse files in two folders, `disks` and `snapshots`.
///
/// A file gets its bytes under another name in the same folder, is synced, and then takes its
/// place by rename(2): at every moment a name shows a whole image, the old or the new.
package struct FileDiskStore: DiskStore {
  /// A moment at which a test may fail the work, hold it, or kill the process.
  package enum Checkpoint: String, Sendable, CaseIterable {
    case beforeCopy, halfWay, beforeRename, afterRename, beforeRemoval
  }

  private let folder: String
  private let methods: [CopyMethod]
  private let checkpoint: @Sendable (Checkpoint) throws -> Void

  /// Creates the folders. `methods` are the ways of copying that may be tried; `checkpoint` is
  /// called on the thread that does the work.
  package init(
    folder: String, methods: [CopyMethod] = CopyMethod.allCases,
    checkpoint: @escaping @Sendable (Checkpoint) throws -> Void = { _ in }
  ) throws {
    self.folder = folder
    self.methods = methods
    self.checkpoint = checkpoint
    try DataFolder.create(folder + "/disks")
    try DataFolder.create(folder + "/snapshots")
  }

  package func createDisk(_ slice: SliceID, size: Int) async throws {
    try await on(.records, .disk(slice)) { file in
      try file.stage { staged in try staged.truncate(to: size) }
      try commit(file)
    }
  }

  package func importDisk(_ slice: SliceID, from path: String) async throws {
    try await on(.copies, .disk(slice)) { file in
      try FileSystemSpace(folder: folder).require(toCopy: path)
      try copy(path, into: file) { _ in }
      try commit(file)
    }
  }

  package func snapshotDisk(
    _ slice: SliceID, as snapshot: SnapshotID, progress: @escaping Progress
  ) async throws {
    try await on(.copies, .snapshot(SnapshotImage(snapshot, of: slice))) { file in
      try copy(self.file(.disk(slice)).path, into: file, progress: progress)
      try commit(file)
    }
  }

  package func stageRestore(
    of snapshot: SnapshotImage, onto slice: SliceID, progress: @escaping Progress
  ) async throws {
    try await on(.copies, .disk(slice)) { file in
      try copy(self.file(.snapshot(snapshot)).path, into: file, progress: progress)
    }
  }

  package func commitRestore(onto slice: SliceID, progress: @escaping Progress) async throws {
    try await on(.records, .disk(slice)) { file in if file.isStaged { try commit(file) } }
  }

  package func discardRestore(onto slice: SliceID) async throws {
    try await on(.records, .disk(slice)) { file in try file.removeStaged() }
  }

  package func deleteSnapshot(_ snapshot: SnapshotImage) async throws {
    try await delete(.snapshot(snapshot))
  }

  package func deleteDisk(_ slice: SliceID) async throws { try await delete(.disk(slice)) }

  package func size(of image: DiskImage) async throws -> Int {
    try await on(.records, image) { file in try OpenFile(file.path, O_RDONLY).size }
  }

  package func dataSize(of image: DiskImage) async throws -> Int {
    try await on(.records, image) { file in
      Int(try OpenFile(file.path, O_RDONLY).status.st_blocks) * 512
    }
  }

  package func requireSpace(toCopy image: DiskImage) async throws {
    try await on(.records, image) { file in
      let space = FileSystemSpace(folder: folder)
      if methods.contains(.reflink), space.sharesBlocks { return }
      try space.require(toCopy: file.path)
    }
  }

  package func location(ofDisk slice: SliceID) -> String { file(.disk(slice)).path }
}

extension FileDiskStore {
  private func file(_ image: DiskImage) -> ImageFile {
    switch image {
    case .disk(let slice): ImageFile(folder: folder + "/disks", name: String(slice.rawValue))
    case .snapshot(let snapshot):
      ImageFile(folder: folder + "/snapshots", name: String(snapshot.id.rawValue))
    }
  }

  private func on<Result: Sendable>(
    _ threads: BlockingThreads, _ image: DiskImage,
    _ body: @escaping @Sendable (ImageFile) throws -> Result
  ) async throws -> Result {
    let file = file(image)
    return try await threads.run { try body(file) }
  }

  private func delete(_ image: DiskImage) async throws {
    try await on(.records, image) { file in
      try checkpoint(.beforeRemoval)
      try file.remove()
    }
  }

  private func copy(
    _ path: String, into file: ImageFile, progress: @escaping Progress
  ) throws {
    let source = try OpenFile(path, O_RDONLY)
    try file.stage { staged in
      try checkpoint(.beforeCopy)
      var reachedHalf = false
      try SparseCopy(methods: methods) { percent in
        progress(percent)
        if percent >= 50, !reachedHalf {
          reachedHalf = true
          try checkpoint(.halfWay)
        }
      }.run(from: source, to: staged)
    }
  }

  /// Leaves no staged file behind when it throws.
  private func commit(_ file: ImageFile) throws {
    do {
      try checkpoint(.beforeRename)
      try file.commit()
    } catch {
      // The first failure is the one to tell; what stays behind is overwritten by the next copy.
      try? file.removeStaged()
      throw error
    }
    try checkpoint(.afterRename)
  }
}
