/// Lines of JSON with what readers find hard; most are objects, and several have the same names.
func randomLines(using random: inout SplitMix64) -> [String] {
  let names = randomNames(using: &random)
  return (0..<Int.random(in: 1..<9, using: &random)).map { _ in
    switch Int.random(in: 0..<8, using: &random) {
    case 0: randomJSON(using: &random, depth: 3)
    case 1: randomObject(using: &random, depth: 3)
    default: randomObject(names, using: &random, depth: 2)
    }
  }
}

func randomObject(using random: inout SplitMix64, depth: Int) -> String {
  randomObject(randomNames(using: &random), using: &random, depth: depth)
}

private func randomObject(_ names: [String], using random: inout SplitMix64, depth: Int) -> String {
  var members: [String] = []
  for name in names {
    members.append(
      name + blank(using: &random) + ":" + blank(using: &random)
        + randomJSON(using: &random, depth: depth - 1))
  }
  return "{" + joined(members, using: &random) + "}"
}

/// Some may come twice.
private func randomNames(using random: inout SplitMix64) -> [String] {
  (0..<Int.random(in: 0..<7, using: &random)).map { _ in
    let names = [
      "\"a\"", "\"created\"", "\"snapshot_size\"", "\"vm_datacenter_id\"", "\"eight by\"",
      "\"\\u0061\"", "\"é\"", "\"\"", "\"q\\\"\"", "\"b\"", "\"c\"", "\"name\"", "\"vmname\"",
    ]
    return names.randomElement(using: &random) ?? ""
  }
}

private func randomJSON(using random: inout SplitMix64, depth: Int) -> String {
  switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &random) {
  case 0: "null"
  case 1: Bool.random(using: &random) ? "true" : "false"
  case 2: "\(Int.random(in: .min ... .max, using: &random))"
  case 3:
    [
      "0", "-0", "7", "1.50", "1e5", "-2.5E-3", "12345678901234567890", "1E+09", "0.1", "100000.0",
    ].randomElement(using: &random) ?? ""
  case 4...6: randomString(using: &random)
  case 7:
    "["
      + joined(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          randomJSON(using: &random, depth: depth - 1)
        }, using: &random) + "]"
  default: randomObject(using: &random, depth: depth)
  }
}

private func joined(_ parts: [String], using random: inout SplitMix64) -> String {
  var text = blank(using: &random)
  for (index, part) in parts.enumerated() {
    if index > 0 { text += "," + blank(using: &random) }
    text += part + blank(using: &random)
  }
  return text
}

/// Seldom any.
private func blank(using random: inout SplitMix64) -> String {
  ["", "", "", "", "", "", " ", "\t", "  "].randomElement(using: &random) ?? ""
}

private func randomString(using random: inout SplitMix64) -> String {
  let parts = [
    "a", "plain text of more than sixteen bytes", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\u0000",
    "\\u00e9", "\\uD83D\\uDE00", "\\ud800", "é", "日本", "👩‍👧", "\u{7F}", "\u{85}", "\u{A0}", " ",
    "2026-08-01 10:20:30.925397", "e\u{301}",
  ]
  let content = (0..<Int.random(in: 0..<5, using: &random)).map { _ in
    parts.randomElement(using: &random) ?? ""
  }.joined()
  return "\"\(content)\""
}
