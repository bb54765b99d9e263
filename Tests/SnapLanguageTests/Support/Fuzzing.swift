import Glibc
import SnapLanguage

/// Wrong texts, made from right ones in the same way for the same seed.
enum Fuzzing {
  /// `SNAPSH_FUZZ` and `SNAPSH_FUZZ_SEED` ask for a longer run by hand.
  static var count: Int { setting("SNAPSH_FUZZ") ?? 2_000 }
  static var seed: UInt64 { UInt64(setting("SNAPSH_FUZZ_SEED") ?? 1) }

  private static func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  static let samples = [
    "for s in $(ls --query web) restore $s # comment\n",
    "ls | where perms == rw and snapshot_size > 20GB | sort-by created | rm\n",
    "for --jobs 2 s in $(ls | where created > 2026-08-01) {\n  print \"${s.name} done\"\n}\n",
    "fn f(slice: slice, --count: int = 1, --perms: enum(ro|rw) = \"rw\"): list<snapshot> {\n  return $(ls | first $count)\n}\n",
    "try { restore 1 } catch e { if $e.kind == \"conflict\" { sleep 30s } else { throw $e } } finally { print 1 }\n",
    "let n = $($(ls) | skip 1 | where created < ago(30d))\nprint \"$(len($n)) x\" $n.0 $n[1].name?\n",
    "ls | group-by vmname | each { {slice: $it.vmname, count: len($it.rows)} } | to csv | save r.csv\n",
    "var x = 0; for i in 1..5 { $x += $i * 2 - 1 // 3 % 4 }\nwhile $x > 3 { $x -= 1; if not ($x in [1, 2]) { break } }\n",
    "rename old 007 --wait; create web-01 \"t\\u{41}\" -w; print -- --x '$raw'\n",
    "let d: duration? = 1.5h + 30min; print ($d / 1s) !~ 'a'\n",
  ]

  private static let pieces = [
    "(", ")", "{", "}", "[", "]", "|", "$", "$(", "${", "\"", "'", "\\", "\n", ";", "=", "==", "..",
    "...",
    "--", "-", "#", "where ", "for ", "in ", "fn ", "try ", "catch ", "finally ", "return ", "let ",
    "var ",
    "9223372036854775807", "99999999999999999999", "2026-13-45", "1e999", "5GB", "~", "!", "not ",
    "and ",
    "?", ".", "\0", "é", "\u{1F600}", "\r\n", "&&", ">", "<", "`", "use ", "as ", "break", "$x",
    "$it",
  ]

  /// Reads, checks and, where there is no error, runs `count` texts; gives how many it could run.
  static func run(count: Int, seed: UInt64) -> Int {
    var random = SplitMix(seed: seed)
    return (0..<count).count { _ in attempt(text(&random)) }
  }

  private static func attempt(_ text: String) -> Bool {
    let host = TestHost()
    let interpreter = Interpreter(host: host)
    guard
      let program = try? Program(
        SourceText(name: "fuzz", text: text), commands: TestCommands.lookup(),
        scope: interpreter.scope, isPrompt: true, libraries: TestLibraries())
    else { return false }
    // Loops may never end by themselves: they are stopped at once, which runs their beginnings.
    if text.contains("while") || text.contains("..") { host.cancellation.cancel() }
    // How it ends is of no interest, only that it does.
    try? interpreter.run(program)
    return true
  }

  private static func text(_ random: inout SplitMix) -> String {
    if Int.random(in: 0..<20, using: &random) == 0 {
      let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    var bytes: [UInt8] = []
    for _ in 0...Int.random(in: 0..<2, using: &random) {
      bytes += Array((samples.randomElement(using: &random) ?? "").utf8)
    }
    for _ in 0...Int.random(in: 0..<5, using: &random) {
      let at = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 0..<12, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(at..<end)
      case 1: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 2:
        bytes.replaceSubrange(
          at..<end, with: Array((pieces.randomElement(using: &random) ?? "").utf8))
      default:
        bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: at)
      }
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
