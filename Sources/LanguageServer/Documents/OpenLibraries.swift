import SnapLanguage

/// Libraries as an editor sees them: what is open counts, whether it was saved or not.
struct OpenLibraries: LibraryLoader {
  /// The texts that are open, by name.
  let open: [String: Document]
  let files: any LibraryLoader

  func library(_ path: String, from source: SourceText) throws -> SourceText {
    guard let folder = Self.folder(of: source.name) else {
      return try files.library(path, from: source)
    }
    let full = FileURI.normalized(path.hasPrefix("/") ? path : folder + path)
    guard let document = open[full] else { return try files.library(full, from: source) }
    return SourceText(name: full, text: document.text)
  }

  /// The folder of a file, with its slash; nil for a text that is no file.
  private static func folder(of name: String) -> Substring? {
    guard name.hasPrefix("/") else { return nil }
    return name.lastIndex(of: "/").map { name[...$0] }
  }
}
