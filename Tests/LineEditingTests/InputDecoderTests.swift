import Testing

@testable import LineEditing

@Suite struct `Decoding of keys` {
  private func decode(_ bytes: some Sequence<UInt8>) -> [InputDecoder.Event] {
    var decoder = InputDecoder(escapeTimeout: 30)
    for byte in bytes { decoder.feed(byte) }
    return decoder.takeEvents()
  }

  private func scalars(_ text: String) -> [InputDecoder.Event] {
    text.unicodeScalars.map { .scalar($0) }
  }

  @Test(arguments: ["abc", "é", "日本語", "👩‍🚀", "\u{3}\u{7f}\t\r"])
  func `text comes scalar by scalar`(text: String) {
    #expect(decode(text.utf8) == scalars(text))
  }

  @Test(arguments: [
    ("\u{1b}[A", "[A"), ("\u{1b}OH", "OH"), ("\u{1b}[1;5C", "[1;5C"), ("\u{1b}[[A", "[[A"),
    ("\u{1b}[3~", "[3~"), ("\u{1b}\u{1b}[D", "[D"),
  ])
  func `a key's sequence comes whole`(sent: String, expected: String) {
    #expect(decode(sent.utf8) == [.sequence(Array(expected.utf8))])
  }

  @Test func `a letter after ESC is two characters`() {
    #expect(decode("\u{1b}b".utf8) == scalars("\u{1b}b"))
  }

  @Test func `ESC alone waits for the time of the configuration only`() {
    var decoder = InputDecoder(escapeTimeout: 30)
    #expect(decoder.patience == nil)
    decoder.feed(0x1b)
    #expect(decoder.patience == 30)
    #expect(decoder.events == [])
    decoder.timeOut()
    #expect(decoder.takeEvents() == scalars("\u{1b}"))
    #expect(decoder.patience == nil)
  }

  @Test func `a sequence that breaks off is the keys that were pressed`() {
    var decoder = InputDecoder(escapeTimeout: 30)
    for byte in "\u{1b}[1".utf8 { decoder.feed(byte) }
    decoder.timeOut()
    #expect(decoder.takeEvents() == scalars("\u{1b}[1"))
  }

  @Test func `a control character ends a sequence and counts itself`() {
    #expect(decode("\u{1b}[1\u{3}".utf8) == scalars("\u{3}"))
  }

  @Test(
    arguments: [
      [0xff], [0xc3, 0x28], [0xe2, 0x82], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xc2, 0x9b], [0],
    ] as [[UInt8]])
  func `what is no text is dropped, and what follows isn't`(bytes: [UInt8]) {
    let events = decode(bytes + Array("ab".utf8))
    #expect(events.suffix(2) == scalars("ab"))
    #expect(events.allSatisfy { $0 != .scalar("\u{fffd}") && $0 != .scalar("\u{9b}") })
  }

  @Test func `a paste is one event, with newlines for line ends and without controls`() {
    let sent = "\u{1b}[200~a\r\nb\rc\u{3}\u{1b}[A\u{9b}d\te\n\n\u{1b}[201~x"
    #expect(decode(sent.utf8) == [.paste("a\nb\nc[Ad\te")] + scalars("x"))
  }

  @Test func `a paste without an end is taken when nothing follows`() {
    var decoder = InputDecoder(escapeTimeout: 30)
    for byte in "\u{1b}[200~abc".utf8 { decoder.feed(byte) }
    #expect(decoder.patience == 2000)
    decoder.timeOut()
    #expect(decoder.takeEvents() == [.paste("abc")])
  }
}
