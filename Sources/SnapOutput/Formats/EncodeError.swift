package import SnapLanguage

/// Why a value cannot be written in a format.
package enum EncodeError: Error, Equatable {
  /// Code has no text in any format.
  case block
  case tooDeep(limit: Int)
  /// A row without an id, where ids are asked for.
  case noID(names: [String])
  /// A value that is neither a row nor an id, where ids are asked for.
  case notAnID(type: String)
  /// A row of a CSV list has a field that the header, already written, lacks.
  case newColumn(String)
  /// A value that is no row, where metrics are asked for.
  case noMetrics(type: String)
  /// Two rows that metrics could not be told apart by.
  case sameLabels(String)
  /// In libyaml's words.
  case yaml(String)
}

extension EncodeError {
  package var message: String {
    switch self {
    case .block: "a block cannot be written as data"
    case .tooDeep(let limit): "the value is nested more than \(limit) levels deep"
    case .noID(let names): "a row has no 'id', only \(Self.quoted(names))"
    case .notAnID(let type): "a \(type) is not an id"
    case .newColumn(let name): "a row has the field '\(name)', which the CSV header lacks"
    case .noMetrics(let type): "a value of type \(type) has no metrics"
    case .sameLabels(let labels):
      "two rows have the same labels" + (labels.isEmpty ? "" : ": \(labels)")
    case .yaml(let words): "the value cannot be written as YAML: \(words)"
    }
  }

  package var help: String? {
    switch self {
    case .block: "call it, and write what it gives"
    case .noID, .notAnID: "keep the field 'id', or choose another output format with '-o'"
    case .newColumn: "give all rows the same fields with 'select', or use '-o jsonl'"
    case .noMetrics: "rows such as those of 'coverage' have, by their columns"
    case .sameLabels: "keep a column that tells them apart, such as vm_id"
    case .tooDeep, .yaml: nil
    }
  }

  /// The error as running code sees it.
  package var failure: Failure { Failure(.usage, message, help: help) }

  private static func quoted(_ names: [String]) -> String {
    let shown = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    return names.isEmpty ? "nothing" : names.count > 5 ? shown + " …" : shown
  }
}
