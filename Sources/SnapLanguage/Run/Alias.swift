/// A name that stands for a pipeline at a prompt. Further words go to the pipeline's last command.
package struct Alias: Sendable {
  package let name: String
  package let text: String
  /// How it is called: as its last command, without what the alias gives it already.
  package let signature: Signature
  fileprivate let stages: [Stage]

  /// `signatureOf` gives what a command or a function of the session is called with.
  ///
  /// - Throws: `Failure` when `name` can't be called or `text` is no pipeline of known commands.
  package init(
    _ name: String, text: String, signatureOf: (String) -> Signature?
  ) throws {
    guard Self.isName(name) else {
      throw Failure(.usage, "'\(name)' can't be the name of an alias")
    }
    self.name = name
    self.text = text
    let script = Parser.parse(SourceText(name: "<alias '\(name)'>", text: text))
    if let wrong = script.diagnostics.first {
      throw Failure(.usage, wrong.message, help: wrong.help, at: wrong.span)
    }
    guard script.code.statements.count == 1,
      case .pipeline(let pipeline) = script.code.statements[0].kind
    else {
      throw Failure(
        .usage, "an alias stands for one pipeline", help: "for more, write a function: fn \(name)()"
      )
    }
    stages = pipeline.stages
    var signature = Signature(
      name, group: .alias, about: text.split(separator: "\n").joined(separator: " "), effect: .read)
    for (index, stage) in stages.enumerated() {
      guard case .command(let command) = stage.kind else {
        if index == 0, case .filter = stage.kind { signature.input = .required }
        (signature.parameters, signature.flags) = ([], [])
        continue
      }
      guard let called = signatureOf(command.name) else {
        throw Failure(
          .usage, "unknown command '\(command.name)'",
          help: "an alias stands for commands and functions that are there, and not for an alias",
          at: command.nameSpan)
      }
      if index == 0 { signature.input = called.input }
      signature.take(called, after: command)
    }
    self.signature = signature
  }

  private static func isName(_ name: String) -> Bool {
    let script = Parser.parse(SourceText(name: "<alias>", text: name))
    guard script.diagnostics.isEmpty, script.code.statements.count == 1,
      case .pipeline(let pipeline) = script.code.statements[0].kind, pipeline.stages.count == 1,
      case .command(let command) = pipeline.stages[0].kind
    else { return false }
    return command.name == name && !name.contains(".")
  }
}

extension Signature {
  /// Takes up what is left of `called` after the arguments that `command` gives it.
  fileprivate mutating func take(_ called: Signature, after command: Command) {
    var positional = 0
    var used: Set<String> = []
    /// A flag whose value is the next word.
    var open: Flag?
    for argument in command.arguments {
      let isFlagsValue = open != nil
      open = nil
      switch argument.kind {
      case .flag(let name, let attached):
        guard let flag = called.flag(named: name) else { continue }
        used.insert(flag.name)
        if attached == nil, flag.type != nil { open = flag }
      case .value where isFlagsValue: break
      case .value, .block, .spread: positional += 1
      }
    }
    var rest = called.parameters.filter(\.isRest)
    if positional >= called.parameters.count {
      for index in rest.indices { rest[index].isRequired = false }
    }
    let left = called.parameters.filter { !$0.isRest }.dropFirst(positional)
    parameters = (open.map { [Parameter($0.name, $0.type ?? .any)] } ?? []) + left + rest
    flags = called.flags.filter { !used.contains($0.name) }
    effect = called.effect
    switch called.columns {
    case .sameAsInput: break
    case .arguments: columns = .unknown
    case .fixed, .unknown: (columns, columnTypes) = (called.columns, called.columnTypes)
    }
  }
}

extension Compiler {
  /// The stages, with those of an alias in place of its call.
  mutating func withoutAliases(_ stages: [Stage]) -> [Stage] {
    stages.flatMap { stage -> [Stage] in
      guard case .command(let call) = stage.kind, functions[call.name] == nil,
        let alias = commands.alias(call.name)
      else { return [stage] }
      var meant = alias.stages
      let last = meant.removeLast()
      for index in meant.indices {
        if case .command(var command) = meant[index].kind {
          command.nameSpan = call.nameSpan
          meant[index].kind = .command(command)
        }
        meant[index].span = stage.span
      }
      return meant + [Stage(kind: kind(last.kind, for: call), span: stage.span)]
    }
  }

  /// An alias's last stage, called with further words.
  private mutating func kind(_ last: Stage.Kind, for call: Command) -> Stage.Kind {
    switch last {
    case .command(var command):
      command.nameSpan = call.nameSpan
      command.arguments += call.arguments
      return .command(command)
    case .program(let arguments): return .program(arguments + call.arguments)
    case .filter, .expression:
      if let further = call.arguments.first {
        report(
          "'\(call.name)' takes no further words", at: further.span,
          help: "it stands for: \(commands.alias(call.name)?.text ?? "")")
      }
      return last
    }
  }
}
