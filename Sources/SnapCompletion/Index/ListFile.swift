/// The file that keeps a list from one session to the next.
package struct ListFile: Sendable {
  package let path: String
  /// It need not be there before something is written.
  package let folder: String
  let key: UInt64

  /// - Parameters:
  ///   - profile: for whoever looks into the folder.
  ///   - cloud: which cloud the list is of: another one has another file.
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

  /// In seconds, of the list in the file; nil when there is none.
  ///
  /// - Parameter now: in microseconds since 1970.
  package func age(at now: Int) -> Int? { read().map { (now - $0.header.time) / 1_000_000 } }

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
