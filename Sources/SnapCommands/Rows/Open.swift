package import SnapLanguage
import SnapOutput

/// `open`: the contents of a file.
package struct Open: Callable {
  package let signature = Signature(
    "open", group: .rows, about: "Read a file",
    details: "Rows where the name ends with .json, .jsonl, .csv or .yaml, else the text.",
    parameters: [Parameter("file", .path)],
    flags: [Flag("raw", about: "the text in any case")],
    effect: .read,
    examples: [Signature.Example("open before.json | count", "the rows that were saved")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let path = call["file"]?.stringValue ?? ""
    let bytes = try LocalFile(path).contents()
    guard !call.isSet("raw"), let format = DataFormat(path: path) else {
      return .value(.string(String(decoding: bytes, as: UTF8.self)))
    }
    do throws(DecodeError) { return .value(try Formats.decode(bytes, as: format)) } catch {
      var failure = error.failure
      failure.message = "\(path): \(failure.message)"
      throw failure
    }
  }
}
