/// Bytes from a terminal in raw mode → what a person did. Time is the caller's: it feeds a byte, or
/// says that none came within `patience`.
struct InputDecoder {
  enum Event: Equatable {
    case scalar(Unicode.Scalar)
    /// A key that the terminal sends as CSI or SS3 (ECMA-48): the bytes after ESC.
    case sequence([UInt8])
    /// Text that the terminal marked as pasted, with newlines for its line ends.
    case paste(String)
  }

  private enum State: Equatable {
    case ground
    case escape
    /// The bytes after ESC, the introducer first.
    case sequence([UInt8])
    case character([UInt8], missing: Int)
    case paste
  }

  private var state = State.ground
  private var pasted: [UInt8] = []
  private(set) var events: [Event] = []
  let escapeTimeout: Int32

  init(escapeTimeout: Int32) { self.escapeTimeout = escapeTimeout }

  /// Milliseconds to wait for the next byte before `timeOut`; nil: no byte is missing.
  var patience: Int32? {
    switch state {
    case .ground: nil
    case .escape: escapeTimeout
    case .sequence: 1000
    case .character: 100
    case .paste: 2000
    }
  }

  mutating func takeEvents() -> [Event] {
    defer { events = [] }
    return events
  }

  mutating func feed(_ byte: UInt8) {
    switch state {
    case .ground: begin(byte)
    case .escape: afterEscape(byte)
    case .sequence(let bytes): extend(bytes, byte)
    case .character(let bytes, let missing): extend(bytes, missing, byte)
    case .paste:
      pasted.append(byte)
      if byte == UInt8(ascii: "~"), pasted.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd)
      {
        pasted.removeLast(Self.pasteEnd.count)
        finishPaste()
      }
    }
  }

  mutating func timeOut() {
    switch state {
    case .ground, .character: break
    case .escape: events.append(.scalar("\u{1b}"))
    case .sequence(let bytes):
      events.append(.scalar("\u{1b}"))
      for byte in bytes { events.append(.scalar(Unicode.Scalar(byte))) }
    case .paste: finishPaste()
    }
    state = .ground
  }

  private mutating func begin(_ byte: UInt8) {
    state = .ground
    switch byte {
    case 0: break
    case 0x1b: state = .escape
    case 1..<0x80: events.append(.scalar(Unicode.Scalar(byte)))
    case 0xc2...0xdf: state = .character([byte], missing: 1)
    case 0xe0...0xef: state = .character([byte], missing: 2)
    case 0xf0...0xf4: state = .character([byte], missing: 3)
    default: break
    }
  }

  private mutating func afterEscape(_ byte: UInt8) {
    if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") {
      state = .sequence([byte])
    } else if byte == 0x1b {
      // Alt with an arrow is ESC and its sequence on some terminals: as without Alt.
      state = .escape
    } else {
      events.append(.scalar("\u{1b}"))
      begin(byte)
    }
  }

  private mutating func extend(_ bytes: [UInt8], _ byte: UInt8) {
    guard (0x20...0x7e).contains(byte), bytes.count < 32 else { return begin(byte) }
    let sequence = bytes + [byte]
    // The Linux console sends F1 to F5 as ESC [ [ A and so on.
    let isFinal = byte >= 0x40 && !(byte == UInt8(ascii: "[") && bytes == [UInt8(ascii: "[")])
    guard isFinal else { return state = .sequence(sequence) }
    if sequence == Self.pasteBegin {
      state = .paste
    } else {
      state = .ground
      events.append(.sequence(sequence))
    }
  }

  private mutating func extend(_ bytes: [UInt8], _ missing: Int, _ byte: UInt8) {
    guard (0x80...0xbf).contains(byte) else { return begin(byte) }
    let character = bytes + [byte]
    guard missing == 1 else { return state = .character(character, missing: missing - 1) }
    state = .ground
    guard let text = String(validating: character, as: UTF8.self) else { return }
    // U+0080 to U+009F would be taken for the editor's private keys.
    for scalar in text.unicodeScalars where scalar.value > 0x9f { events.append(.scalar(scalar)) }
  }

  private mutating func finishPaste() {
    state = .ground
    events.append(.paste(Self.text(pasted: pasted)))
    pasted = []
  }

  private static let pasteBegin = Array("[200~".utf8)
  private static let pasteEnd = Array("\u{1b}[201~".utf8)

  /// Line ends become newlines, other controls go, and so do newlines at the end.
  static func text(pasted bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      defer { afterReturn = scalar == "\r" }
      switch scalar.value {
      case 0x0a where afterReturn: break
      case 0x0a, 0x0d: text.append("\n")
      case 0x09: text.append(scalar)
      case 0..<0x20, 0x7f..<0xa0: break
      default: text.append(scalar)
      }
    }
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
