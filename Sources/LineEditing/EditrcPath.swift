import Glibc

extension EditorConfiguration {
  /// `$EDITRC`, else `.editrc` in the home folder, as libedit's own `el_source` has it.
  package static var defaultEditrc: String? {
    if let path = getenv("EDITRC") { return String(cString: path) }
    guard let home = getenv("HOME") else { return nil }
    return String(cString: home) + "/.editrc"
  }
}
