/// One line of the history file.
///
///     SECONDS [id=ID] [profile=NAME] [ms=N] [code=N] TAB COMMAND
///     id=ID ms=N code=N
///
/// The first form is written before a command runs, the second when it has ended, so that a crash
/// between them loses the outcome only. A backslash, a newline, and in a value a blank or a tab are
/// written `\\`, `\n`, `\s` and `\t`.
enum HistoryRecord: Equatable {
  case begun(HistoryEntry)
  case ended(id: String, duration: Int, code: Int)

  /// Nil for what is no record, such as a line that was cut by a crash. By bytes, for a long history
  /// is read before the first prompt.
  init?(line: ArraySlice<UInt8>) {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else {
      let fields = Fields(line)
      guard let id = fields.id, let duration = fields.duration, let code = fields.code else {
        return nil
      }
      self = .ended(id: id, duration: duration, code: code)
      return
    }
    let head = line[..<tab]
    let digits = head.prefix { $0 != UInt8(ascii: " ") }
    guard let time = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
    let fields = Fields(head[digits.endIndex...])
    self = .begun(
      HistoryEntry(
        time: time, command: Self.unescaped(line[(tab + 1)...]), profile: fields.profile,
        duration: fields.duration, code: fields.code, id: fields.id))
  }

  var line: String {
    switch self {
    case .begun(let entry):
      var head = "\(entry.time)"
      if let id = entry.id { head += " id=\(Self.escaped(id, isValue: true))" }
      if let profile = entry.profile { head += " profile=\(Self.escaped(profile, isValue: true))" }
      if let duration = entry.duration { head += " ms=\(duration)" }
      if let code = entry.code { head += " code=\(code)" }
      return head + "\t" + Self.escaped(entry.command, isValue: false) + "\n"
    case .ended(let id, let duration, let code):
      return "id=\(Self.escaped(id, isValue: true)) ms=\(duration) code=\(code)\n"
    }
  }

  /// The `key=value` words before the tab. Unknown keys are passed over: a later version may have
  /// written them.
  private struct Fields {
    var id: String?
    var profile: String?
    var duration: Int?
    var code: Int?

    init(_ text: ArraySlice<UInt8>) {
      for word in text.split(separator: UInt8(ascii: " ")) {
        guard let equal = word.firstIndex(of: UInt8(ascii: "=")) else { continue }
        let value = HistoryRecord.unescaped(word[(equal + 1)...])
        switch String(decoding: word[..<equal], as: UTF8.self) {
        case "id": id = value
        case "profile": profile = value
        case "ms": duration = Int(value)
        case "code": code = Int(value)
        default: break
        }
      }
    }
  }

  private static func escaped(_ text: String, isValue: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case " " where isValue: escaped += "\\s"
      case "\t" where isValue: escaped += "\\t"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
    let backslash = UInt8(ascii: "\\")
    guard text.contains(backslash) else { return String(decoding: text, as: UTF8.self) }
    var plain: [UInt8] = []
    var isEscape = false
    for byte in text {
      if isEscape {
        switch byte {
        case UInt8(ascii: "n"): plain.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "s"): plain.append(UInt8(ascii: " "))
        case UInt8(ascii: "t"): plain.append(UInt8(ascii: "\t"))
        default: plain.append(byte)
        }
        isEscape = false
      } else if byte == backslash {
        isEscape = true
      } else {
        plain.append(byte)
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
