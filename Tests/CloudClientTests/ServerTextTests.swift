import Testing

@testable import CloudClient

@Suite struct ServerTextTests {
  @Test(
    arguments: [
      (#"{"error":"no"}"#, "no"), (#"{"message":"no"}"#, "no"), (#"{"detail":"no"}"#, "no"),
      (#"{"detail":"late","error":"first"}"#, "first"), (#"{"error":{"message":"deep"}}"#, "deep"),
      (#"{"error":17,"detail":"text"}"#, "text"), (#""alone""#, "alone"),
      ("\n  \nfirst\r\nsecond", "first"), (#"{"other":"x"}"#, nil), ("", nil), ("[1]", nil),
      ("<html>page", nil),
      ("a\u{1B}[31mb\u{202E}c\u{0}", #"a\u{1b}[31mb\u{202e}c\u{0}"#),
    ] as [(String, String?)])
  func `a message is the words of the body in one line, escaped`(
    _ body: String, _ expected: String?
  ) {
    #expect(serverMessage(in: Array(body.utf8), withholding: nil) == expected)
  }

  @Test func `a body that is no text has no message`() {
    #expect(serverMessage(in: [0xFF, 0xFE, 0x41], withholding: nil) == nil)
  }

  @Test func `a message is cut to 200 characters`() {
    let body = String(repeating: "ü", count: 201)
    let expected = String(repeating: "ü", count: 200) + "…"
    #expect(serverMessage(in: Array(body.utf8), withholding: nil) == expected)
  }

  @Test func `a short token is withheld where it stands alone, and leaves words whole`() {
    let body = Array(#"the test "t" failed: t0t, t"#.utf8)
    let expected = #"the test "$SNAPSH_TOKEN" failed: t0t, $SNAPSH_TOKEN"#
    #expect(serverMessage(in: body, withholding: "t") == expected)
  }

  @Test func `a token is withheld before a message is cut`() {
    let body = String(repeating: "x", count: 190) + "abcdefghijklmnopqrstuvwxyz"
    let message = serverMessage(in: Array(body.utf8), withholding: "abcdefghijklmnopqrstuvwxyz")
    #expect(message?.contains("abc") == false)
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200),
    ("Tue, 28 Feb 2023 12:00:00 GMT", 1_677_585_600),
    ("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_799), ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
  ])
  func `an HTTP date is seconds since 1970`(_ text: String, _ seconds: Int) {
    #expect(HTTPDate(text)?.secondsSince1970 == seconds)
  }

  @Test(arguments: [
    "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nix 1994 08:49:37 GMT", "7",
  ])
  func `anything else is no date`(_ text: String) { #expect(HTTPDate(text) == nil) }
}
