import CFileSystem
import Glibc

/// The room on the file system of a folder.
struct FileSystemSpace {
  let folder: String

  /// Throws `LocalCloudError.insufficientSpace` when the data of the file at `path`, without its
  /// holes, is more than is free.
  func require(toCopy path: String) throws {
    let needed = Int(try OpenFile(path, O_RDONLY).status.st_blocks) * 512
    let available = try available
    guard needed <= available else {
      throw LocalCloudError.insufficientSpace(needed: needed, available: available)
    }
  }

  /// In bytes, without what is reserved for the superuser.
  private var available: Int {
    get throws(SystemCallError) {
      var status = statvfs()
      _ = try check(statvfs(folder, &status), "statvfs", folder)
      return Int(status.f_bavail) * Int(status.f_frsize)
    }
  }

  /// Whether files in the folder can share blocks, so that a copy needs no room.
  var sharesBlocks: Bool {
    // A file system that has no unnamed files is taken for one without shared blocks.
    let flags = snapsh_unnamed_file | O_RDWR
    guard let one = try? OpenFile(folder, flags), let other = try? OpenFile(folder, flags)
    else { return false }
    return snapsh_clone_file(other.descriptor, one.descriptor) == 0
  }
}
