import CEditline

extension Screen {
  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    undecoded += bytes
    var rest = undecoded[...]
    while let length = step(rest) { rest = rest.dropFirst(length) }
    undecoded = Array(rest)
  }

  /// Interprets what `bytes` begins with: the bytes used, nil when something is missing.
  private mutating func step(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    switch first {
    case 0x1b: return escape(bytes)
    case 0x07: bells += 1
    case 0x08: column = max(0, column - 1)
    case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
    case 0x0a: lineFeed()
    case 0x0d:
      column = 0
      wrapPending = false
    case 0..<0x20, 0x7f: unknown.append("control \(first)")
    default: return character(bytes, first)
    }
    return 1
  }

  private mutating func character(_ bytes: ArraySlice<UInt8>, _ first: UInt8) -> Int? {
    let length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    guard bytes.count >= length else { return nil }
    for scalar in String(decoding: bytes.prefix(length), as: UTF8.self).unicodeScalars {
      if (0x80..<0xa0).contains(scalar.value) {
        unknown.append("control \(scalar.value)")
      } else {
        put(scalar, width: max(0, Int(ced_width(wchar_t(bitPattern: scalar.value)))))
      }
    }
    return length
  }

  private mutating func escape(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let introducer = bytes.dropFirst().first else { return nil }
    switch introducer {
    case UInt8(ascii: "["):
      let body = bytes.dropFirst(2)
      guard let end = body.firstIndex(where: { (0x40...0x7e).contains($0) }) else { return nil }
      let parameters = String(decoding: body[..<end], as: UTF8.self)
      control(parameters, Character(Unicode.Scalar(body[end])))
      return end - bytes.startIndex + 1
    case UInt8(ascii: "]"):
      // An OSC string, such as a window's title, ends with BEL.
      guard let end = bytes.firstIndex(of: 0x07) else { return nil }
      return end - bytes.startIndex + 1
    default:
      unknown.append("ESC \(introducer)")
      return 2
    }
  }

  private mutating func control(_ parameters: String, _ final: Character) {
    let numbers = parameters.split(separator: ";").map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    if !"mhl".contains(final) { wrapPending = false }
    switch final {
    case "A": row = max(0, row - count)
    case "B": row = min(rows - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(columns - 1, count - 1)
    case "H":
      row = min(rows - 1, count - 1)
      column = min(columns - 1, max(1, numbers.dropFirst().first ?? 1) - 1)
    case "J": eraseDisplay(numbers.first ?? 0)
    case "K": eraseLine(numbers.first ?? 0)
    case "m": select(parameters)
    case "h", "l": setMode(parameters, final == "h")
    default: unknown.append("CSI \(parameters)\(final)")
    }
  }

  private mutating func eraseDisplay(_ part: Int) {
    switch part {
    case 0:
      erase(row: row, columns: column..<columns)
      for below in (row + 1)..<max(row + 1, rows) { erase(row: below, columns: 0..<columns) }
    case 2: for any in 0..<rows { erase(row: any, columns: 0..<columns) }
    case 3: scrollback = []
    default: unknown.append("CSI \(part)J")
    }
  }

  private mutating func eraseLine(_ part: Int) {
    switch part {
    case 0: erase(row: row, columns: column..<columns)
    case 2: erase(row: row, columns: 0..<columns)
    default: unknown.append("CSI \(part)K")
    }
  }

  private mutating func select(_ parameters: String) {
    if parameters.isEmpty || parameters == "0" {
      rendition = ""
    } else if parameters.hasPrefix("0;") {
      rendition = String(parameters.dropFirst(2))
    } else {
      rendition += (rendition.isEmpty ? "" : ";") + parameters
    }
  }

  private mutating func setMode(_ parameters: String, _ on: Bool) {
    guard parameters.hasPrefix("?"), let mode = Int(parameters.dropFirst()) else {
      unknown.append("CSI \(parameters)\(on ? "h" : "l")")
      return
    }
    if on { modes.insert(mode) } else { modes.remove(mode) }
  }
}
