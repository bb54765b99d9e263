import Glibc
import SnapShell

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
