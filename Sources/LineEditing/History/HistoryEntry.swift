/// One line of the history file: `SECONDS TAB COMMAND`, with `\\` and `\n` in the command for a
/// backslash and a newline. Seconds count from 1970 (POSIX).
package struct HistoryEntry: Sendable, Equatable {
  package var time: Int
  package var command: String

  package init(time: Int, command: String) {
    self.time = time
    self.command = command
  }

  /// Nil for what is no entry, such as a line that was cut by a crash.
  init?(line: String) {
    guard let tab = line.firstIndex(of: "\t"), let time = Int(line[..<tab]) else { return nil }
    self.time = time
    command = ""
    var escaped = false
    for scalar in line[line.index(after: tab)...].unicodeScalars {
      if escaped {
        command.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        escaped = false
      } else if scalar == "\\" {
        escaped = true
      } else {
        command.unicodeScalars.append(scalar)
      }
    }
  }

  var line: String {
    var line = "\(time)\t"
    for scalar in command.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line + "\n"
  }

  /// The newest `limit` commands, oldest first; of equal commands the newest.
  static func newest(_ limit: Int, of entries: [HistoryEntry]) -> [HistoryEntry] {
    var seen: Set<String> = []
    var kept: [HistoryEntry] = []
    for entry in entries.reversed() where kept.count < limit && seen.insert(entry.command).inserted
    {
      kept.append(entry)
    }
    return kept.reversed()
  }
}
