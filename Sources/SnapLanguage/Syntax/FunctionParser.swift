extension Parser {
  /// `fn name(params): type { … }`, after the keyword.
  mutating func function(keywordAt start: Int) throws(SyntaxError) -> FunctionDeclaration {
    skipBlanks()
    let nameStart = scanner.at
    guard let name = scanner.commandName() else {
      throw fail("expected the function's name, found \(scanner.found)")
    }
    let nameSpan = scanner.span(from: nameStart)
    if Keyword.statements.contains(name) || name.contains(".") {
      throw fail("'\(name)' can't be the name of a function", at: nameSpan)
    }
    skipBlanks()
    try expect("(", "and the parameters")
    let parameters = try bracketed { parser throws(SyntaxError) in try parser.parameters() }
    var returns: ValueType?
    skipBlanks()
    if scanner.take(":") { returns = try type() }
    let visible = bindings
    defer { bindings = visible }
    for parameter in parameters {
      bind(parameter.name.text, .parameter(parameter.isRest ? nil : parameter.type))
    }
    let body = try block("before the function's body")
    return FunctionDeclaration(
      name: name, nameSpan: nameSpan, parameters: parameters, returns: returns, body: body,
      about: comment(above: start))
  }

  private mutating func parameters() throws(SyntaxError) -> [FunctionDeclaration.Parameter] {
    var parameters: [FunctionDeclaration.Parameter] = []
    while true {
      skipBlanks()
      if scanner.take(")") { return parameters }
      let parameter = try parameter()
      if parameters.contains(where: { $0.name.text == parameter.name.text }) {
        note("two parameters are called '\(parameter.label)'", at: parameter.name.span)
      }
      if let last = parameters.last(where: { !$0.isFlag }), last.isRest, !parameter.isFlag {
        note("nothing can follow a rest parameter", at: parameter.name.span)
      }
      parameters.append(parameter)
      skipBlanks()
      guard scanner.take(",") else {
        try expect(")", "after the parameters")
        return parameters
      }
    }
  }

  private mutating func parameter() throws(SyntaxError) -> FunctionDeclaration.Parameter {
    let isRest = scanner.take("...")
    let isFlag = !isRest && scanner.take("--")
    let start = scanner.at
    let label: String
    let name: Name
    if isFlag {
      guard let text = scanner.commandName() else { throw fail("expected the flag's name") }
      label = text
      let variable = String(text.map { $0 == "-" ? "_" : $0 })
      name = self.name(variable, scanner.span(from: start))
    } else {
      name = try declaredName("for the parameter")
      label = name.text
    }
    skipBlanks()
    var type: ValueType?
    if scanner.take(":") { type = try self.type() }
    skipBlanks()
    var defaultValue: Expression?
    if scanner.take("=") {
      skipBlanks()
      defaultValue = try expression()
    }
    return FunctionDeclaration.Parameter(
      name: name, isFlag: isFlag, isRest: isRest, type: type, defaultValue: defaultValue,
      label: label)
  }

  private static let simpleTypes: [String: ValueType] = [
    "any": .any, "bool": .bool, "int": .int, "float": .float, "string": .string, "size": .size,
    "duration": .duration, "datetime": .datetime, "snapshot": .snapshot, "slice": .slice,
    "record": .record,
  ]

  /// The words that a type begins with.
  package static let typeNames = (simpleTypes.keys + ["list", "enum"]).sorted()

  mutating func type() throws(SyntaxError) -> ValueType {
    skipBlanks()
    let start = scanner.at
    let word = scanner.identifier() ?? ""
    noteCursor(.word(Self.typeNames), from: start)
    var type: ValueType
    switch word {
    case "list":
      try expect("<", "and the type of the items")
      let element = try nested { parser throws(SyntaxError) in try parser.type() }
      skipBlanks()
      try expect(">", "after the type of the items")
      type = .list(element)
    case "enum":
      try expect("(", "and the words")
      type = .oneOf(try enumWords())
    default:
      guard let simple = Self.simpleTypes[word] else {
        let span = word.isEmpty ? characterSpan : scanner.span(from: start)
        throw fail(
          "expected a type, found \(word.isEmpty ? scanner.found : "'\(word)'")", at: span,
          help: Suggestions.help(for: word, among: Self.typeNames)
            ?? "types: \(Self.typeNames.joined(separator: " "))")
      }
      type = simple
    }
    if scanner.take("?") { type = .optional(type) }
    return type
  }

  private mutating func enumWords() throws(SyntaxError) -> [String] {
    var words: [String] = []
    repeat {
      skipBlanks()
      guard let word = scanner.commandName() else { throw fail("expected a word of the enum") }
      words.append(word)
      skipBlanks()
    } while scanner.take("|")
    try expect(")", "after the words")
    return words
  }

  /// The comment lines that end right above `offset`, without their `#`; none when another
  /// statement or a brace stands before it on its line.
  private func comment(above offset: Int) -> String {
    let source = scanner.source
    var number = source.position(of: offset).line - 1
    let before = source.bytes[..<offset].reversed().prefix { $0 != Ascii.newline }
    guard before.allSatisfy({ Ascii.isBlank($0) || $0 == Ascii.semicolon }) else { return "" }
    var lines: [String] = []
    while number > 0 {
      let line = source.line(number).drop { $0 == " " || $0 == "\t" || $0 == ";" }
      guard line.hasPrefix("#"), !line.hasPrefix("#!") else { break }
      let text = line.drop { $0 == "#" || $0 == " " }
      let end = text.lastIndex { !$0.isWhitespace }
      lines.append(end.map { String(text[...$0]) } ?? "")
      number -= 1
    }
    return lines.reversed().joined(separator: "\n")
  }
}
