import OrderedJSON

/// The words of an error's body: the `error`, `message` or `detail` of a JSON object, else the
/// first line of a text; nil for a web page and for what is no text.
func serverMessage(in body: [UInt8], withholding token: String?) -> String? {
  guard let text = words(in: body) else { return nil }
  return escaped(withheld(token, from: text), limit: 200)
}

/// `text` with the name of the variable in place of each occurrence of the token. One that is so short
/// that it may be a part of any word counts where it stands by itself.
func withheld(_ token: String?, from text: String) -> String {
  guard let token, !token.isEmpty else { return text }
  guard token.utf8.count < shortToken else { return text.replacing(token, with: tokenPlaceholder) }
  var out = ""
  var rest = text[...]
  while let range = rest.firstRange(of: token) {
    let before = rest[..<range.lowerBound].last ?? out.last
    let isAlone = !isOfWord(before) && !isOfWord(rest[range.upperBound...].first)
    out += rest[..<range.lowerBound] + (isAlone ? tokenPlaceholder : token)
    rest = rest[range.upperBound...]
  }
  return out + rest
}

private let shortToken = 8

private func isOfWord(_ character: Character?) -> Bool {
  character.map { $0.isLetter || $0.isNumber } ?? false
}

/// At most `limit` Unicode scalars of `text`, with what would steer a terminal or turn the direction
/// of reading written as `\u{…}`.
func escaped(_ text: String, limit: Int) -> String {
  var out = ""
  for scalar in text.unicodeScalars.prefix(limit) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
      .surrogate:
      out += "\\u{" + String(scalar.value, radix: 16) + "}"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return text.unicodeScalars.count > limit ? out + "…" : out
}

private func words(in body: [UInt8]) -> String? {
  if let json = try? JSON(parsing: body) {  // a body that is no JSON is read as text
    return json.objectValue.flatMap(words) ?? json.stringValue
  }
  guard !looksLikeHTML(body), let text = String(validating: body, as: UTF8.self) else { return nil }
  return text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
    .map(String.init)
}

private func words(in object: JSONObject) -> String? {
  for name in ["error", "message", "detail"] {
    switch object[name] {
    case .string(let text) where !text.isEmpty: return text
    case .object(let inner): if let text = words(in: inner) { return text }
    default: continue
    }
  }
  return nil
}

/// Whether the first thing in `body` is a tag.
func looksLikeHTML(_ body: some Sequence<UInt8>) -> Bool {
  let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
  return body.lazy.drop { blanks.contains($0) || byteOrderMark.contains($0) }.first { _ in true }
    == UInt8(ascii: "<")
}
