/// The file that keeps a list from one session to the next.
package struct ListFile: Sendable {
  package let path: String
  /// It need not be there before something is written.
  package let folder: String
  let key: UInt64

  /// `profile` is for whoever looks into the folder; another `cloud` has another file.
  package init(folder: String, profile: String, cloud: String) {
    self.folder = folder
    key = Hash.of("\(profile)\n\(cloud)")
    let hex = String(key, radix: 16)
    let name = profile.unicodeScalars.prefix(40).map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? String(scalar) : "-"
    }.joined()
    path = "\(folder)/\(name)-\(String(repeating: "0", count: 16 - hex.count))\(hex).list"
  }

  /// Nil when there is none, or something else in its place.
  func read() -> StoredList? {
    guard let list = MappedBytes(path: path).flatMap(StoredList.init), list.header.key == key else {
      return nil
    }
    return list
  }

  /// The list as the file has it; nil when it can't be written.
  func write(_ list: StoredList) -> StoredList? {
    list.memory.write(to: path) ? read() : nil
  }
}
