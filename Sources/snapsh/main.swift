import CMalloc
import Glibc
import SnapShell

// One heap for all threads: that of a further thread grows by a few kilobytes at a time, with a call
// of the system for each.
mallopt(M_ARENA_MAX, 1)

let words = Array(CommandLine.arguments.dropFirst())
exit(await Shell(environment: .ofProcess).run(words))

extension [String: String] {
  /// The process's environment.
  static var ofProcess: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee.map({ String(cString: $0) }) {
      entry += 1
      guard let equal = text.firstIndex(of: "=") else { continue }
      variables[String(text[..<equal])] = String(text[text.index(after: equal)...])
    }
    return variables
  }
}
