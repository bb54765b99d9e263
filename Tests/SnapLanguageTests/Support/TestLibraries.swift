import SnapLanguage

/// Libraries by name.
struct TestLibraries: LibraryLoader {
  var texts: [String: String] = [:]

  func library(_ path: String, from source: SourceText) throws -> SourceText {
    guard let text = texts[path] else { throw Failure(.notfound, "there is no file '\(path)'") }
    return SourceText(name: path, text: text)
  }
}
