import Glibc

/// An image and its staged copy: a second file in the same folder that is not complete, or not
/// yet in its place.
struct ImageFile {
  let folder: String
  let path: String
  let staged: String

  init(folder: String, name: String) {
    self.folder = folder
    path = "\(folder)/\(name).img"
    staged = path + ".staged"
  }

  /// Creates the staged file with what `write` puts in and syncs it; removes it when that fails.
  func stage(_ write: (borrowing OpenFile) throws -> Void) throws {
    do {
      let file = try OpenFile(staged, O_RDWR | O_CREAT | O_TRUNC)
      try write(file)
      try file.synchronize()
    } catch {
      // The first failure is the one to tell; what stays behind is overwritten by the next copy.
      try? removeStaged()
      throw error
    }
  }

  /// Puts the staged file in the image's place, in one step.
  func commit() throws(SystemCallError) {
    _ = try check(rename(staged, path), "rename", path)
    try OpenFile.synchronizeFolder(folder)
  }

  var isStaged: Bool { access(staged, F_OK) == 0 }

  func removeStaged() throws(SystemCallError) { try remove(staged) }

  /// Removes the image and its staged copy; succeeds when there is neither.
  func remove() throws(SystemCallError) {
    try remove(staged)
    try remove(path)
  }

  private func remove(_ path: String) throws(SystemCallError) {
    guard unlink(path) != 0 else { return try OpenFile.synchronizeFolder(folder) }
    guard errno == ENOENT else {
      throw SystemCallError(call: "unlink", path: path, code: errno)
    }
  }
}
