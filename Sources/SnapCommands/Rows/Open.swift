package import SnapLanguage
import SnapOutput

/// `open`: the contents of a file.
package struct Open: Callable {
  package let signature = Signature(
    "open", group: .rows, about: "Read a file",
    details: """
      Rows where the name ends with .json, .jsonl, .ndjson, .csv, .yaml or .yml, else the text. Rows
      of JSON lines and CSV are read as they are needed, so that the file may be larger than memory.
      """,
    parameters: [Parameter("file", .path)],
    flags: [Flag("raw", about: "the text in any case")],
    effect: .read,
    examples: [Signature.Example("open before.json | count", "the rows that were saved")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let path = call["file"]?.stringValue ?? ""
    let file = LocalFile(path)
    guard !call.isSet("raw"), let format = DataFormat(path: path) else {
      return .value(.string(String(decoding: try file.contents(), as: UTF8.self)))
    }
    if format.isReadByRow {
      return .rows(Formats.rows(from: try file.source(), as: format).failing(about: path))
    }
    let bytes = try file.contents()
    do throws(DecodeError) { return .value(try Formats.decode(bytes, as: format)) } catch {
      throw error.failure(about: path)
    }
  }
}
