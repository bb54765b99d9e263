extension Compiler {
  /// Makes the code that a frame's call of a command is given.
  typealias CodeForFrame = (Frame) -> GivenCode

  /// The command with its own flags alone, and the code that follows them: a command with its
  /// arguments, a text, or a block. Nil when there is none.
  mutating func given(
    to command: Command, _ signature: Signature, _ kind: Signature.Code
  ) -> (Command, CodeForFrame?) {
    var own = command
    let start = ownArguments(command.arguments, signature)
    own.arguments = Array(command.arguments[..<start])
    let rest = command.arguments[start...]
    // That it is missing is told with the other arguments.
    guard let first = rest.first, let last = rest.last else { return (own, nil) }
    let saved = (loopDepth, function, sites, rowColumns)
    (loopDepth, rowColumns) = (0, nil)
    function?.isInBlock = true
    let produce = production(of: first, rest.dropFirst(), signature)
    let isChanging = sites.count > saved.2.count
    (loopDepth, function, sites, rowColumns) = saved
    let span = first.span.extended(to: last.span)
    if kind == .reading, isChanging {
      report(
        "'\(command.name)' runs again and again, and this changes something in the cloud",
        at: span, help: "only what reads can be given to it")
    }
    own.arguments += [
      Argument(kind: .value(Expression(kind: .bareword(""), span: span)), span: span)
    ]
    let text = rest.count == 1 ? Self.plainText(first) ?? span.text : span.text
    return (
      own,
      { frame in
        GivenCode(text: text) { host in
          let copy = frame.copy(host: host)
          defer { copy.dropSpare() }
          let flow = try produce(copy, nil)
          if case .rows(let stream) = flow { return .rows(RowStream(try stream.collect())) }
          return flow
        }
      }
    )
  }

  /// Where the command's own arguments end: behind its flags and their values.
  private func ownArguments(_ arguments: [Argument], _ signature: Signature) -> Int {
    var index = 0
    while index < arguments.count, case .flag(let name, let attached) = arguments[index].kind {
      index += 1
      guard attached == nil, signature.flag(named: name)?.type != nil, index < arguments.count,
        case .value = arguments[index].kind
      else { continue }
      index += 1
    }
    return index
  }

  private mutating func production(
    of first: Argument, _ rest: ArraySlice<Argument>, _ signature: Signature
  ) -> Produce {
    switch first.kind {
    case .value(let word):
      if case .bareword(let name) = word.kind {
        let inner = Command(name: name, nameSpan: first.span, arguments: Array(rest))
        let span = first.span.extended(to: rest.last?.span ?? first.span)
        return command(inner, span, StagePlace(isFirst: true, isLast: true, isShown: false)).run
      }
      if let text = Self.plainText(first), rest.isEmpty {
        let script = Parser.parse(SourceText(name: "<text>", text: text))
        diagnostics += script.diagnostics
        return production(of: script.code)
      }
    case .block(let code, _) where rest.isEmpty: return production(of: code)
    case .block, .flag, .spread: break
    }
    report(
      "'\(signature.name)' needs a command, a text or a block", at: first.span,
      help: signature.usage)
    return { _, _ in .nothing }
  }

  private mutating func production(of code: Code) -> Produce {
    let run = execution(of: block(code, isLast: true))
    return { frame, _ in try run(frame) == .gaveFlow ? frame.takeFlow() : .nothing }
  }

  private static func plainText(_ argument: Argument) -> String? {
    guard case .value(let value) = argument.kind, case .literal(.string(let text)) = value.kind
    else { return nil }
    return text
  }
}
