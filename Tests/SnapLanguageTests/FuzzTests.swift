import Glibc
import SnapLanguage
import Testing

/// No text, however wrong, ends the program or keeps it forever.
struct FuzzTests {
  /// `SNAPSH_FUZZ` and `SNAPSH_FUZZ_SEED` ask for a longer run by hand.
  static func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  @Test func `what is damaged is read and checked without a crash, and what is right is taken`()
    async
  {
    let count = Self.setting("SNAPSH_FUZZ") ?? 800
    let first = UInt64(Self.setting("SNAPSH_FUZZ_SEED") ?? 1)
    var (ran, refused) = (0, 0)
    for seed in first..<first + UInt64(count) {
      let input = Fuzzing(seed: seed)
      switch await InterpreterThread.run({ input.attempt() }) {
      case .ran: ran += 1
      case .refused: refused += 1
      case .refusedWrongly(let errors):
        Issue.record("seed \(seed): \(errors)\n\(input.text)")
      }
    }
    #expect(ran > 0 && refused > 0)
  }

  static let deep: [(String, String)] = [
    ("parentheses", String(repeating: "(", count: 5_000)),
    ("lists", "print " + String(repeating: "[", count: 5_000)),
    ("records", String(repeating: "{a:", count: 5_000)),
    ("blocks", String(repeating: "if true {", count: 5_000)),
    ("substitutions", String(repeating: "$(", count: 5_000)),
    ("substitutions in strings", String(repeating: "\"${", count: 4_000)),
    ("strings", String(repeating: "\"$(print ", count: 4_000)),
    ("negations", "print (" + String(repeating: "not ", count: 5_000)),
    ("signs", "print (" + String(repeating: "- ", count: 5_000)),
    ("sums", "print (" + String(repeating: "1 + ", count: 10_000) + "1)"),
    ("conjunctions", "print (" + String(repeating: "true and ", count: 10_000) + "true)"),
    ("comparisons", "ls | where " + String(repeating: "a == b or ", count: 5_000) + "c"),
    ("types", "let x: " + String(repeating: "list<", count: 5_000)),
    ("paths", "print $x" + String(repeating: ".a", count: 10_000)),
    ("indices", "print $x" + String(repeating: "[$x", count: 5_000)),
    ("stages", "ls" + String(repeating: " | first", count: 5_000)),
    ("filters", "ls" + String(repeating: " | where id > 0", count: 4_000)),
    ("arguments", "print" + String(repeating: " a", count: 30_000)),
    ("else", "if true { }" + String(repeating: " else if true { }", count: 4_000)),
    ("a long word", "print " + String(repeating: "x", count: 200_000)),
    ("a long unknown command", String(repeating: "x", count: 200_000)),
    ("a long number", "print (" + String(repeating: "9", count: 200_000) + ")"),
    ("a long string", "print \"" + String(repeating: "é", count: 100_000) + "\""),
    ("a long pattern", "print ('a' ~ '" + String(repeating: "(", count: 10_000) + "')"),
    (
      "a nested pattern",
      "print ('a' ~ '" + String(repeating: "(", count: 499) + String(repeating: ")", count: 499)
        + "')"
    ),
    ("braces", String(repeating: "}", count: 5_000)),
    ("quotes", String(repeating: "'\"", count: 10_000)),
    ("backslashes", String(repeating: "\\", count: 10_000)),
    ("zeros", String(repeating: "\0", count: 4_000)),
  ]

  @Test(arguments: deep)
  func `what is deep or long is refused or read, on a small stack too`(
    _ name: String, _ text: String
  ) {
    // The prompt reads texts on threads with ordinary stacks.
    _ = errors(text)
    _ = Parser.parse(SourceText(name: "<prompt>", text: String(text.prefix(10_000))))
  }
}
