import CloudAPI
import OrderedJSON
import Retention
import SnapLanguage

extension SnapshotRow {
  /// Microseconds since 1970; nil when the row doesn't tell.
  var createdTime: Int? { created.flatMap(Timestamp.parse) }

  /// Whether its creation came to an end: nothing runs on it, and the cloud tells how long it took.
  ///
  /// The API has no word for a snapshot that failed; `duration` is there for all that are done.
  var isComplete: Bool {
    guard !isInProgress else { return false }
    return fields[Field.duration].map { $0 != .null && $0 != .string("") } ?? false
  }

  /// What keeps it out of the rules for retention.
  var exemption: Exemption? {
    if isInProgress { return .running }
    if !isComplete { return .failed }
    return perms == "ro" ? .readOnly : nil
  }

  /// Whether `text` is in its name or its slice's, whatever the case: what a search is for.
  func matches(_ text: String) -> Bool {
    let text = text.lowercased()
    return [name, sliceName].contains { $0?.lowercased().contains(text) == true }
  }
}
