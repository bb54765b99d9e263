import Glibc
import SnapCommands
import SnapLanguage

/// Reads what lies in a plugin folder.
package enum PluginFile {
  static let prefix = "snapsh-"

  /// The plugin that a file or a folder is; nil when it is none.
  package static func read(_ entry: String, in folder: String) -> Plugin? {
    guard !entry.hasPrefix(".") else { return nil }
    let path = "\(folder)/\(entry)"
    if entry.hasPrefix(prefix), !isFolder(path) {
      return program(entry, in: folder, isInstalled: true)
    }
    if entry.hasSuffix(".snap"), Plugin.isName(entry.dropLast(5)) {
      return Plugin(
        name: String(entry.dropLast(5)), kind: .script, path: path, isInstalled: true,
        content: script(path))
    }
    guard Plugin.isName(entry[...]), access("\(path)/plugin.json", F_OK) == 0 else { return nil }
    return Plugin(
      name: entry, kind: .protocol, path: path, isInstalled: true, content: manifest(path, entry))
  }

  static func program(_ entry: String, in folder: String, isInstalled: Bool) -> Plugin? {
    let (name, path) = (entry.dropFirst(prefix.count), "\(folder)/\(entry)")
    guard Plugin.isName(name), access(path, X_OK) == 0, !isFolder(path) else { return nil }
    return Plugin(
      name: String(name), kind: .program, path: path, isInstalled: isInstalled,
      content: .program(about: about(path)))
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Deletes a plugin with all in it; what a link leads to stays. False, with errno, when it can't.
  @discardableResult package static func delete(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    guard status.st_mode & S_IFMT == S_IFDIR else { return unlink(path) == 0 }
    for name in Listing.names(in: path) where !delete("\(path)/\(name)") { return false }
    return rmdir(path) == 0
  }

  private static func script(_ path: String) -> Plugin.Content {
    do throws(FileContents.Unreadable) {
      guard let text = String(validating: try FileContents.read(path), as: UTF8.self) else {
        return .unreadable(Failure(.plugin, "'\(path)' is not a text in UTF-8"))
      }
      let source = SourceText(name: path, text: text)
      return .script(source, Signature.declared(in: source))
    } catch { return .unreadable(Failure(.plugin, "can't read '\(path)': \(error.reason)")) }
  }

  private static func manifest(_ folder: String, _ name: String) -> Plugin.Content {
    let path = "\(folder)/plugin.json"
    do {
      let manifest = try Manifest(parsing: try FileContents.read(path), path: path)
      guard manifest.name == name else {
        return .unreadable(
          Failure(.plugin, "'\(path)' is of '\(manifest.name)', and the folder is called '\(name)'")
        )
      }
      return .manifest(manifest)
    } catch let failure as Failure { return .unreadable(failure) } catch {
      return .unreadable(Failure(.plugin, "can't read '\(path)'"))
    }
  }

  /// What follows `snapsh-about:` near the beginning of a program that is a text.
  private static func about(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 2048)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count > 2, bytes[0] == UInt8(ascii: "#"), bytes[1] == UInt8(ascii: "!") else { return "" }
    let mark = "snapsh-about:"
    for line in String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n") {
      guard let start = line.firstRange(of: mark)?.upperBound else { continue }
      return String(line[start...].drop(while: \.isWhitespace))
    }
    return ""
  }
}
