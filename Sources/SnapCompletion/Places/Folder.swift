import Glibc

/// The files that a path which is being typed may name.
enum Folder {
  /// `base` is where relative paths begin.
  static func candidates(
    for word: TypedWord, in base: String = ".", quoting: Quoting = .argument
  ) -> [Candidate] {
    let parts = word.text.split(separator: "/", omittingEmptySubsequences: false)
    let begun = parts.last.map(String.init) ?? ""
    let folder = String(word.text.dropLast(begun.count))
    return entries(of: expanded(folder, base), beginningWith: begun).map { entry in
      let name = entry.isFolder ? entry.name + "/" : entry.name
      return Candidate(
        word.inserting(folder + name, quoting: quoting, closed: !entry.isFolder), .file,
        display: Shown.text(name), appendsSpace: !entry.isFolder)
    }
  }

  private struct Entry {
    let name: String
    let isFolder: Bool
  }

  private static func expanded(_ folder: String, _ base: String) -> String {
    if folder.hasPrefix("/") { return folder }
    guard folder.hasPrefix("~/"), let home = getenv("HOME") else { return base + "/" + folder }
    return String(cString: home) + folder.dropFirst()
  }

  /// In the order of their names; hidden ones only when their dot was typed.
  private static func entries(of folder: String, beginningWith begun: String) -> [Entry] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [(name: String, type: UInt8)] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != "..", name.hasPrefix(begun),
        !name.hasPrefix(".") || begun.hasPrefix("."),
        !Shown.hides(name)
      else { continue }
      names.append((name, entry.pointee.d_type))
    }
    return names.sorted { $0.name < $1.name }.prefix(Offer.most).map { name, type in
      Entry(name: name, isFolder: isFolder(folder + "/" + name, type))
    }
  }

  /// A symbolic link counts as what it leads to.
  private static func isFolder(_ path: String, _ type: UInt8) -> Bool {
    if Int(type) == DT_DIR { return true }
    guard [DT_LNK, DT_UNKNOWN].contains(Int(type)) else { return false }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
