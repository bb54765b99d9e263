import SnapCompletion
import SnapLanguage

/// A session with some commands and a list of snapshots, in which `‸` marks the cursor.
struct Session {
  var index = SnapshotIndex()
  var variables: [String] = []
  var values: [String: Value] = [:]

  /// Noon of the third of September 2026.
  static let now = 1_788_436_800_000_000
  static let hour = 3_600_000_000

  init() {}

  init(_ snapshots: [SnapshotIndex.Snapshot]) { index.replace(snapshots, at: Self.now) }

  var completer: Completer {
    let (variables, values) = (variables, values)
    return Completer(
      signatures: { Commands.all }, variables: { variables },
      fields: { values[$0].flatMap(VariableFields.init) }, index: index, now: { Self.now })
  }

  func complete(_ text: String) -> CompletionResult {
    let parts = text.split(separator: "‸", maxSplits: 1, omittingEmptySubsequences: false)
    return completer.complete(
      parts.joined(), cursor: parts.first?.unicodeScalars.count ?? 0)
  }

  func texts(_ text: String) -> [String] { complete(text).candidates.map(\.text) }

  /// The text after the first candidate was taken, without the space that may follow.
  func taking(_ wanted: String, at text: String) -> String? {
    let result = complete(text)
    guard let candidate = result.candidates.first(where: { $0.text == wanted }) else { return nil }
    var scalars = Array(text.unicodeScalars.filter { $0 != "‸" })
    scalars.replaceSubrange(result.replacing, with: candidate.text.unicodeScalars)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Four slices' worth, newest first by their ids.
  static let sample = [
    SnapshotIndex.Snapshot(
      id: 15300, name: "nightly", slice: 3247, sliceName: "web-01", region: "ams",
      created: now - hour, gigabytes: 21, isRunning: true),
    SnapshotIndex.Snapshot(
      id: 15258, name: "before-upgrade", slice: 3247, sliceName: "web-01", region: "ams",
      created: now - 72 * hour, gigabytes: 21),
    SnapshotIndex.Snapshot(
      id: 14901, name: "nightly", slice: 3250, sliceName: "web-02", region: "ams",
      created: now - 100 * hour, gigabytes: 8),
    SnapshotIndex.Snapshot(
      id: 14800, name: "my upgrade", slice: 4100, sliceName: "db-01", region: "fra",
      created: now - 200 * hour),
    SnapshotIndex.Snapshot(
      id: 1490, name: "upgrade-2", slice: 4100, sliceName: "db-01", region: "fra",
      created: now - 300 * hour),
    SnapshotIndex.Snapshot(
      id: 77, name: "zürich größe", slice: 4200, sliceName: "büro", region: "zrh",
      created: now - 400 * hour),
  ]
}
