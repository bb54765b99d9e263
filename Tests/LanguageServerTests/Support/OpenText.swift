import OrderedJSON
import Testing

/// A text that a client has open, in which `‸` marked a place.
struct OpenText {
  let client: Client
  let uri: String
  let text: String
  let position: JSON

  /// Positions are counted in UTF-16.
  init(_ marked: String, uri: String = "untitled:1", in client: Client? = nil) throws {
    let parts = marked.split(separator: "‸", maxSplits: 1, omittingEmptySubsequences: false)
    text = parts.joined()
    self.uri = uri
    let lines = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    position = [
      "line": .int(lines.count - 1), "character": .int(lines.last?.utf16.count ?? 0),
    ]
    self.client = try client ?? Client.initialized()
    try self.client.notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri), "languageId": "snapsh", "version": 1, "text": .string(text),
        ]
      ])
  }

  func ask(_ method: String, _ more: JSONObject = [:]) throws -> JSON {
    var params = more
    params["textDocument"] = ["uri": .string(uri)]
    params["position"] = position
    return try client.request("textDocument/" + method, .object(params))
  }

  /// The text of a range, which may go over lines.
  func text(_ range: JSON?) throws -> String {
    let units = Array(text.utf16)
    let start = try offset(range?["start"])
    return String(decoding: units[start..<(try offset(range?["end"]))], as: UTF16.self)
  }

  /// The text after the edits.
  func applying(_ edits: [JSON]) throws -> String {
    var units = Array(text.utf16)
    for edit in try edits.sorted(by: {
      try offset($0["range"]?["start"]) > offset($1["range"]?["start"])
    }) {
      let range = try offset(edit["range"]?["start"])..<offset(edit["range"]?["end"])
      units.replaceSubrange(range, with: try #require(edit["newText"]?.stringValue).utf16)
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// In UTF-16.
  private func offset(_ position: JSON?) throws -> Int {
    let line = try #require(position?["line"]?.intValue)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines[..<line].reduce(0) { $0 + $1.utf16.count + 1 }
      + (try #require(position?["character"]?.intValue))
  }
}
