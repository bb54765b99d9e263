package import SnapLanguage
import SnapOutput

/// `save`: a text or rows written to a file, whole or not at all.
package struct Save: Callable {
  package let signature = Signature(
    "save", group: .rows, about: "Write to a file",
    details: """
      Text is written as it is; rows in the format that the file's name ends with (.json, .jsonl,
      .csv, .yaml). A file that exists is replaced only with --force.
      """,
    parameters: [Parameter("file", .path)],
    flags: [Flag("force", short: "f", about: "replace a file that exists")],
    input: .required, effect: .local,
    examples: [Signature.Example("ls | save before.json", "what there is now")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let path = call["file"]?.stringValue ?? ""
    if case .nothing? = call.input {
      throw Failure(
        .usage, "nothing was piped into 'save'", help: "a text is written: \"…\" | save FILE")
    }
    if call.host.leavesOut(call.span.text) {
      _ = try call.rows.collect()
      return .nothing
    }
    let file = LocalFile(path)
    let input = call.input ?? .nothing
    if case .value(.string(let text)) = input {
      try file.replace(overwrite: call.isSet("force")) { write in
        try write(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n")
      }
      return .nothing
    }
    guard let format = DataFormat(path: path) else {
      throw Failure(
        .usage, "the format of '\(path)' can't be told by its name",
        help: "end it with .json, .jsonl, .csv or .yaml, or write: … | to json | save …")
    }
    do {
      try file.replace(overwrite: call.isSet("force")) { write in
        try Formats.encode(input, as: format, to: write)
      }
    } catch let error as EncodeError {
      throw error.failure
    }
    return .nothing
  }
}

extension DataFormat {
  /// The format that a file's name ends with.
  init?(path: String) {
    switch path.split(separator: ".").last.map({ $0.lowercased() }) {
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    case "csv": self = .csv
    case "yaml", "yml": self = .yaml
    default: return nil
    }
  }
}
