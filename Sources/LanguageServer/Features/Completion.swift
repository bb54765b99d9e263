import OrderedJSON
import SnapCompletion
import SnapLanguage

extension LanguageServer {
  /// What the grammar, the declarations and the file's folder offer; nothing is asked of a cloud.
  func completion(_ params: Params) throws(ResponseError) -> JSON {
    guard let place = try place(params) else { return .null }
    let signatures = self.signatures + place.analysis.callable
    let document = place.document
    let head = String(decoding: document.lines.bytes[..<place.offset], as: UTF8.self)
    let result = Completer(
      signatures: { signatures }, variables: { ["args"] }, index: SnapshotIndex(),
      libraryFolder: document.folder, now: { 0 }
    ).complete(head, cursor: head.unicodeScalars.count)
    let typed = head.unicodeScalars.suffix(result.replacing.count)
    let start = place.offset - String(typed).utf8.count
    let range = document.lines.range(start..<place.offset)
    let byName = Dictionary(signatures.map { ($0.name, $0) }) { _, last in last }
    let items = result.candidates.enumerated().map { index, candidate in
      item(candidate, index, range, byName[candidate.text])
    }
    return ["isIncomplete": false, "items": .array(items)]
  }

  private func item(
    _ candidate: Candidate, _ index: Int, _ range: JSON, _ signature: Signature?
  ) -> JSON {
    // Editors sort by text: the order of the candidates is kept by numbers of one length.
    let order = String(10_000 + index).dropFirst()
    var item: JSONObject = [
      "label": .string(candidate.display), "kind": .int(candidate.kind.lspKind),
      "sortText": .string(String(order)), "filterText": .string(candidate.text),
      "textEdit": ["range": range, "newText": .string(candidate.text)],
    ]
    let details = candidate.details.filter { !$0.isEmpty }
    if !details.isEmpty { item["detail"] = .string(details.joined(separator: " · ")) }
    if candidate.kind == .command, let signature {
      item["documentation"] = HelpPage(signature).content(isMarkdown: client.readsMarkdown)
    }
    return .object(item)
  }
}

extension Analysis {
  /// The functions as the text calls them, those of libraries with their prefix.
  var callable: [Signature] {
    functions.sorted { $0.key < $1.key }.map { name, signature in
      var signature = signature
      signature.name = name
      return signature
    }
  }
}

extension Document {
  /// The folder that the paths after `use` begin in.
  fileprivate var folder: String {
    guard name.hasPrefix("/"), let slash = name.lastIndex(of: "/") else { return "." }
    return String(name[...slash])
  }
}

extension Candidate.Kind {
  /// The number of LSP's `CompletionItemKind`.
  fileprivate var lspKind: Int {
    switch self {
    case .command, .function: 3
    case .field, .column: 5
    case .variable: 6
    case .flag: 10
    case .value: 12
    case .keyword: 14
    case .file: 17
    case .snapshot, .slice: 18
    }
  }
}
