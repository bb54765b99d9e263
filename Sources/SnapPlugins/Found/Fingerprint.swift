import Crypto
import Glibc
import SnapCommands
import SnapLanguage

/// What a plugin consists of, as one text that is another when a byte of it has changed.
package enum Fingerprint {
  /// `sha256:` and 64 digits over the names, modes and contents of all files below `path`, or over the
  /// one file that it is.
  ///
  /// - Throws: `Failure` when something can't be read.
  package static func of(_ path: String) throws -> String {
    var hash = SHA256()
    for file in try files(below: path) {
      hash.update(data: Array("\(file.name)\u{0}\(file.mode & 0o111 != 0)\u{0}".utf8))
      let bytes: [UInt8]
      do throws(FileContents.Unreadable) {
        bytes = try FileContents.read(file.name.isEmpty ? path : "\(path)/\(file.name)")
      } catch { throw Failure(.plugin, "can't read '\(path)/\(file.name)': \(error.reason)") }
      hash.update(data: Array("\(bytes.count)\u{0}".utf8))
      hash.update(data: bytes)
    }
    let digits = hash.finalize().map { byte in
      let hex = String(byte, radix: 16)
      return byte < 16 ? "0" + hex : hex
    }
    return "sha256:" + digits.joined()
  }

  package struct File {
    /// Below the folder; empty for a single file.
    package let name: String
    let mode: mode_t
  }

  /// The regular files, by name. Hidden ones, and what Python leaves behind, are none of the plugin.
  package static func files(below path: String) throws -> [File] {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Failure(.plugin, "can't read '\(path)': \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [File(name: "", mode: status.st_mode)] }
    var found: [File] = []
    var folders = [""]
    while let folder = folders.popLast() {
      for entry in Listing.names(in: folder.isEmpty ? path : "\(path)/\(folder)")
      where !entry.hasPrefix(".") && entry != "__pycache__" {
        let name = folder.isEmpty ? entry : "\(folder)/\(entry)"
        guard stat("\(path)/\(name)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          folders.append(name)
        } else if status.st_mode & S_IFMT == S_IFREG {
          found.append(File(name: name, mode: status.st_mode))
        }
        guard found.count <= 10_000 else {
          throw Failure(.plugin, "'\(path)' has more than 10000 files")
        }
      }
    }
    return found.sorted { $0.name < $1.name }
  }
}

/// What lies in a folder.
enum Listing {
  /// Unsorted; none when the folder can't be read.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
