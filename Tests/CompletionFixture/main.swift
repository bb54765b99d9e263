import Glibc
import SnapCompletion
import SnapLanguage

/// A million snapshots and the time that Tab takes among them; see scripts/bench/completion.
///
/// usage: `write FOLDER COUNT [PROFILE CLOUD]`, `rows COUNT`, `parts COUNT WANTED`, or `tab FOLDER PARTS`
let words = CommandLine.arguments.dropFirst()
switch (words.first, words.dropFirst().first, words.dropFirst(2).first) {
case ("write", let folder?, let count?):
  let cloud = Array(words.dropFirst(3))
  write(
    cloud.count == 2
      ? ListFile(folder: folder, profile: cloud[0], cloud: cloud[1]) : listFile(folder),
    Int(count) ?? 0)
case ("rows", let count?, _):
  for row in snapshots(Int(count) ?? 0) {
    print(row.id, row.name ?? "", row.sliceName ?? "", row.created ?? 0, separator: "\t")
  }
case ("parts", let count?, let wanted?):
  for part in parts(Int(count) ?? 0, Int(wanted) ?? 0) { print(part) }
case ("tab", let folder?, let file?): tab(folder, file)
default: exit(2)
}

/// Of the profile that the list is of.
func listFile(_ folder: String) -> ListFile {
  ListFile(folder: folder, profile: "bench", cloud: "bench")
}

/// Random numbers that are the same each time: splitmix64.
struct Chance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func snapshots(_ count: Int) -> [SnapshotIndex.Snapshot] {
  var chance = Chance(state: 1)
  let uses = ["web", "db", "mail", "cache", "build", "auth"]
  let reasons = ["before-upgrade", "release", "nightly", "migration", "manual", "rollback"]
  return (0..<count).map { number in
    let slice = Int.random(in: 1000..<6000, using: &chance)
    let use = uses[slice % uses.count]
    // Two years, in the order of the ids, as a cloud gives them.
    let created = 1_725_000_000 + number * (63_000_000 / max(1, count))
    let name =
      switch chance.next() % 4 {
      case 0, 1: "\(slice)-\(use)-\(created)"
      case 2: "auto-\(use)-\(created / 86_400)-\(number % 9973)"
      default:
        "\(reasons[Int(chance.next() % 6)])-\(String(UInt32(truncatingIfNeeded: chance.next()), radix: 36))"
      }
    return SnapshotIndex.Snapshot(
      id: 10_000 + number, name: name, slice: slice, sliceName: "\(use)-\(slice).example.com",
      region: ["sfo", "ams", "fra"][slice % 3], created: created * 1_000_000,
      gigabytes: Int(chance.next() % 80) + 1, isRunning: false)
  }
}

/// Texts to be searched: beginnings of ids, parts of names, and some that no name holds.
func parts(_ count: Int, _ wanted: Int) -> [String] {
  var chance = Chance(state: 2)
  let rows = snapshots(count)
  return (0..<wanted).flatMap { number in
    let row = rows[Int.random(in: 0..<rows.count, using: &chance)]
    let id = String("\(row.id)".prefix(Int.random(in: 1...7, using: &chance)))
    let name = Array(row.name ?? "")
    let length = min(name.count, Int.random(in: 1...12, using: &chance))
    let start = Int.random(in: 0...(name.count - length), using: &chance)
    let letters = (0..<Int.random(in: 3...8, using: &chance)).map { _ in
      "abcdefghijklmnopqrstuvwxyz-0123456789".randomElement(using: &chance) ?? "x"
    }
    // An argument can't begin with a dash.
    let part = String(name[start..<(start + length)]).drop { $0 == "-" }
    return ["id \(id)", "name \(part)", "none x\(String(letters))"]
  }
}

func write(_ file: ListFile, _ count: Int) {
  let rows = snapshots(count)
  let index = SnapshotIndex(file: file)
  let clock = ContinuousClock()
  let took = clock.measure { index.replace(rows, at: 1_790_000_000_000_000) }
  print("written\t\(milliseconds(took))")
}

func milliseconds(_ time: Duration) -> String {
  let microseconds = time / .microseconds(1)
  return "\((microseconds.rounded() / 1000))"
}

func tab(_ folder: String, _ file: String) {
  let clock = ContinuousClock()
  let before = residentKilobytes()
  var texts: [(kind: String, text: String)] = []
  guard let input = fopen(file, "r") else { exit(1) }
  var line: UnsafeMutablePointer<CChar>?
  var size = 0
  while getline(&line, &size, input) > 0 {
    guard let line else { break }
    let words = String(cString: line).split(whereSeparator: \.isWhitespace)
    texts.append((String(words[0]), words.count > 1 ? String(words[1]) : ""))
    if texts.count % 4 == 0 { texts.append(("empty", "")) }
  }
  var index = SnapshotIndex()
  print("open\t\(milliseconds(clock.measure { index = SnapshotIndex(file: listFile(folder)) }))")
  let signatures = [
    Signature(
      "rm", group: .change, about: "", parameters: [Parameter("snapshot", .snapshot, rest: true)],
      effect: .mutating)
  ]
  let completer = Completer(
    signatures: { signatures }, variables: { [] }, index: index,
    now: { 1_790_000_100_000_000 })
  var times: [String: [Duration]] = [:]
  var found: [String: Int] = [:]
  var isFirst = true
  for (kind, text) in texts {
    let typed = "rm \(text)"
    var count = 0
    let start = processorTime()
    count = completer.complete(typed, cursor: typed.unicodeScalars.count).candidates.count
    let time = processorTime() - start
    if isFirst { print("first\t\(milliseconds(time))") }
    isFirst = false
    times[kind, default: []].append(time)
    found[kind, default: 0] += count
  }
  for (kind, all) in times.sorted(by: { $0.key < $1.key }) {
    let sorted = all.sorted()
    let (middle, late) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
    print(
      kind, milliseconds(middle), milliseconds(late), milliseconds(sorted[sorted.count - 1]),
      found[kind, default: 0] / all.count, separator: "\t")
  }
  let after = residentKilobytes()
  print("memory", after.own - before.own, after.mapped - before.mapped, separator: "\t")
}

/// Of this thread, its page faults included; what other programs take of the machine is not in it.
func processorTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// What this process has in memory: of its own, and of the list's file, which others share.
func residentKilobytes() -> (own: Int, mapped: Int) {
  guard let status = fopen("/proc/self/status", "r") else { return (0, 0) }
  defer { fclose(status) }
  var fields: [String: Int] = [:]
  var line: UnsafeMutablePointer<CChar>?
  var size = 0
  while getline(&line, &size, status) > 0, let line {
    let words = String(cString: line).split(whereSeparator: \.isWhitespace)
    if words.count > 1 { fields[String(words[0])] = Int(words[1]) }
  }
  return (fields["RssAnon:"] ?? 0, fields["RssFile:"] ?? 0)
}
