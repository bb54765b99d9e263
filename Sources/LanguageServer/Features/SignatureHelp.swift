import OrderedJSON
import SnapCompletion
import SnapLanguage

extension LanguageServer {
  /// The form of the command that is being typed, with the parameter whose turn it is.
  func signatureHelp(_ params: Params) throws(ResponseError) -> JSON {
    guard let place = try place(params) else { return .null }
    let head = String(decoding: place.document.lines.bytes[..<place.offset], as: UTF8.self)
    let script = Parser.parse(SourceText(name: place.document.name, text: head))
    guard case .argument(let command)? = script.cursor?.place,
      let signature = (place.analysis.callable + signatures).first(where: {
        $0.name == command.name || $0.aliases.contains(command.name)
      })
    else { return .null }
    let parameters = signature.labels.map { parameter -> JSON in
      let label = parameter.label
      return client.readsLabelOffsets
        ? [
          "label": [.int(label.lowerBound), .int(label.upperBound)],
          "documentation": .string(parameter.about),
        ] : ["label": .string(parameter.text), "documentation": .string(parameter.about)]
    }
    var form: JSONObject = [
      "label": .string(signature.usage),
      "documentation": ["kind": "plaintext", "value": .string(signature.about)],
      "parameters": .array(parameters),
    ]
    // Past the last one none is active; a number out of range would count as the first.
    form["activeParameter"] = .int(
      signature.active(after: command.arguments) ?? parameters.count)
    return ["signatures": [.object(form)], "activeSignature": 0]
  }
}

extension Signature {
  /// The parameters and flags in `usage`, with their places there in UTF-16.
  fileprivate var labels: [(label: Range<Int>, text: String, about: String)] {
    let abouts = parameters.map(\.about) + flags.map(\.about)
    var labels: [(Range<Int>, String, String)] = []
    var at = name.utf16.count + 1
    var rest = usage.dropFirst(name.count + 1)
    for (index, about) in abouts.enumerated() {
      let isFlag = index >= parameters.count
      // A flag with its value stands in brackets, and a blank between them.
      let word =
        isFlag
        ? String(rest.prefix { $0 != "]" }) + "]" : String(rest.prefix { $0 != " " })
      labels.append((at..<at + word.utf16.count, word, about))
      at += word.utf16.count + 1
      rest = rest.dropFirst(word.count + 1)
    }
    return labels
  }

  /// The index of the parameter or flag that the next word belongs to, among both in this order.
  fileprivate func active(after arguments: [Argument]) -> Int? {
    switch ArgumentPosition(after: arguments, self).wanted {
    case .parameter(let parameter): parameters.firstIndex { $0.name == parameter.name }
    case .value(let flag):
      flags.firstIndex { $0.name == flag.name }.map { parameters.count + $0 }
    case .nothing: nil
    }
  }
}
