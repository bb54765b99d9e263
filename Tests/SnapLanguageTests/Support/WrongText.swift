/// Texts that are mostly wrong: right ones that were damaged, bytes that are no UTF-8, and what is
/// nested or repeated more than anybody writes.
enum WrongText {
  static let samples = [
    "for s in $(ls --query web) restore $s # comment\n",
    "ls | where perms == rw and snapshot_size > 20GB | sort-by created | rm\n",
    "for --jobs 2 s in $(ls | where created > 2026-08-01) {\n  print \"${s.name} done\"\n}\n",
    "for --jobs 4 --keep-going s in $(ls db-01) rename $s \"old-${s.name}\"\n",
    "fn f(slice: slice, --count: int = 1, --perms: enum(ro|rw) = \"rw\"): list<snapshot> {\n  return $(ls | first $count)\n}\n",
    "let n = $(newest web-01 --count 3)\n",
    "try { restore 1 } catch e { if $e.kind == \"conflict\" { sleep 30s } else { throw $e } } finally { print 1 }\n",
    "for g in $(ls --query auto- | group-by vm_id) {\n  let doomed = $($g.rows | sort-by created --desc | skip 7 | where created < ago(30d))\n  print \"${g.vm_id}: $(len($doomed)) to delete\"\n  $doomed | rm\n}\n",
    "let n = $($(ls) | skip 1 | where created < ago(30d))\nprint \"$(len($n)) x\" $n.0 $n[1].name?\n",
    "ls | group-by vmname | each { {slice: $it.vmname, count: len($it.rows)} } | to csv | save r.csv\n",
    "for i in 1..5 create web-01 \"t${i}\"\n",
    "use \"lib\" as l\nl.tidy 1 --jobs 2\nfn main(query: string, --jobs: int = 4) { ls --query $query | l.tidy --jobs $jobs }\n",
    "var x = 0; for i in 1..5 { $x += $i * 2 - 1 // 3 % 4 }\nwhile $x > 3 { $x -= 1; if not ($x in [1, 2]) { break } }\n",
    "rename old 007 --wait; create web-01 \"t\\u{41}\" -w; print -- --x '$raw'\n",
    "let d: duration? = 1.5h + 30min; print ($d / 1s) !~ 'a'\n",
  ]

  private static let pieces = [
    "(", ")", "{", "}", "[", "]", "|", "$", "$(", "${", "\"", "'", "\\", "\n", ";", "=", "==", "..",
    "...", "--", "-", "#", "where ", "for ", "in ", "fn ", "try ", "catch ", "finally ", "return ",
    "let ", "var ", "if ", "while ", "else ", "throw ", "each { ", "9223372036854775807",
    "-9223372036854775808", "99999999999999999999", "2026-13-45", "2026-08-01T10:20+99:99",
    "1e999", "5GB", "99999999999999TB", "~", "!", "not ", "and ", "?", ".", "\0", "é",
    "\u{1F600}", "\u{301}", "\r\n", "\u{FEFF}", "&&", ">", "<", "`", "use ", "as ", "break", "$x",
    "$it", "$args", "main", "list<", "enum(", "l.tidy ", "\"${", "~ '(", "1..",
  ]

  static func text(_ random: inout SplitMix) -> String {
    switch Int.random(in: 0..<40, using: &random) {
    case 0, 1: return noise(&random)
    case 2: return nested(&random)
    case 3: return long(&random)
    default:
      var base = samples.randomElement(using: &random) ?? ""
      if Int.random(in: 0..<3, using: &random) == 0 { base = RandomProgram.text(&random) }
      if Int.random(in: 0..<3, using: &random) == 0 {
        base += samples.randomElement(using: &random) ?? ""
      }
      return damaged(base, &random)
    }
  }

  private static func noise(_ random: inout SplitMix) -> String {
    let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One or two pieces, again and again, and perhaps a right text at the end.
  private static func nested(_ random: inout SplitMix) -> String {
    let first = pieces.randomElement(using: &random) ?? ""
    let second = Bool.random(using: &random) ? pieces.randomElement(using: &random) ?? "" : ""
    let count = Int.random(in: 1..<3_000, using: &random)
    return ["", "print ", "print (", "ls | where "].randomElement(using: &random).map {
      $0 + String(repeating: first + second, count: count)
        + (samples.randomElement(using: &random) ?? "")
    } ?? ""
  }

  private static func long(_ random: inout SplitMix) -> String {
    let piece = ["x", "é", " a", "1 + ", "\\\n", "| first ", "[1, ", "\"a\" "].randomElement(
      using: &random)
    return "print "
      + String(repeating: piece ?? "", count: Int.random(in: 1..<20_000, using: &random))
  }

  private static func damaged(_ text: String, _ random: inout SplitMix) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...Int.random(in: 0..<5, using: &random) {
      let at = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 0..<12, using: &random))
      let piece = Array((pieces.randomElement(using: &random) ?? "").utf8)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.removeSubrange(at..<end)
      case 1: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 2: bytes.replaceSubrange(at..<end, with: piece)
      // A byte that is no UTF-8 by itself.
      case 3: bytes.insert(UInt8.random(in: 128...255, using: &random), at: at)
      default: bytes.insert(contentsOf: piece, at: at)
      }
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
