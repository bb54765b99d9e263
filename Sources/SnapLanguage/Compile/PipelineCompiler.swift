/// A pipeline as running code, with what is known about its result.
struct CompiledPipeline {
  var run: Produce
  var type: ValueType?
  /// The same as a value, where the machine can find it by itself.
  var value: Node?
}

extension Compiler {
  /// `isShown`: the result goes straight to whoever reads stdout.
  mutating func pipeline(_ pipeline: Pipeline, isShown: Bool = false) -> CompiledPipeline {
    let savedColumns = (rowColumns, rowTypes)
    defer { (rowColumns, rowTypes) = savedColumns }
    var columns: [String]?
    var columnTypes: [String: ValueType] = [:]
    var stages: [Produce] = []
    var type: ValueType?
    var value: Node?
    let meant = withoutAliases(pipeline.stages)
    for (index, stage) in meant.enumerated() {
      let isLast = index + 1 == meant.count
      (rowColumns, rowTypes) = (columns, columns == nil ? [:] : columnTypes)
      switch stage.kind {
      case .expression(let expression):
        let compiled = self.expression(expression)
        if meant.count == 1 { value = compiled.node }
        let evaluate = evaluation(of: compiled.node)
        stages.append { frame, _ in .value(try evaluate(frame)) }
        type = compiled.type
      case .filter(let condition, let row):
        if index == 0 {
          report("'where' needs rows before it", at: stage.span, help: "such as: ls | where …")
        }
        stages.append(filter(condition, row: row))
        type = .list(.any)
      case .program(let arguments):
        let command = Command(name: "!", nameSpan: stage.span, arguments: arguments)
        let place = StagePlace(isFirst: index == 0, isLast: isLast, isShown: isShown && isLast)
        stages.append(self.command(command, stage.span, place).run)
        (columns, type) = (nil, nil)
      case .command(let command):
        let place = StagePlace(isFirst: index == 0, isLast: isLast, isShown: isShown && isLast)
        let compiled = self.command(command, stage.span, place)
        stages.append(compiled.run)
        columns = compiled.columns
        columnTypes.merge(compiled.columnTypes) { $1 }
        type = compiled.type
        if meant.count == 1 { value = compiled.value }
      }
    }
    let run =
      stages.count == 1
      ? stages[0]
      : { [stages] frame, input in
        var flow = input
        for stage in stages { flow = try stage(frame, flow) }
        return flow ?? .nothing
      }
    return CompiledPipeline(run: run, type: type, value: value)
  }

  private mutating func filter(_ condition: Expression, row: Name) -> Produce {
    scopes.open()
    defer { scopes.close() }
    let slot = newSlot()
    scopes.add(
      "it",
      Variable(
        slot: slot, isGlobal: false, isMutable: false, type: nil, span: row.span,
        parallelDepth: parallelDepth))
    let compiled = expression(condition)
    checkCondition(compiled, "where", condition.span)
    let test = test(of: compiled.node, .filter, condition.span)
    return { frame, input in
      let cancellation = frame.host.cancellation
      let rows = input?.rowStream ?? RowStream([])
      return .rows(
        RowStream {
          try cancellation.check()
          guard let batch = try rows.next() else { return nil }
          return try batch.filter { row in
            frame.slots[slot] = row
            return try test(frame)
          }
        })
    }
  }

  struct CompiledCommand {
    var run: Produce
    var columns: [String]?
    var columnTypes: [String: ValueType] = [:]
    var type: ValueType?
    var value: Node?
    static var invalid: CompiledCommand { CompiledCommand(run: { _, _ in .nothing }) }
  }

  /// Where a stage stands in its pipeline, and whether its result goes straight to stdout.
  struct StagePlace {
    let isFirst: Bool
    let isLast: Bool
    let isShown: Bool
  }

  mutating func command(
    _ command: Command, _ span: Span, _ place: StagePlace
  ) -> CompiledCommand {
    let (isFirst, isLast, isShown) = (place.isFirst, place.isLast, place.isShown)
    if let function = functions[command.name] {
      return call(function, command, span, isFirst: isFirst)
    }
    if commands.named(command.name) == nil, let function = installedFunction(command) {
      return call(function, command, span, isFirst: isFirst)
    }
    guard let callable = commands.named(command.name) ?? commands.installed.command(command.name)
    else {
      unknownCommand(command)
      for argument in command.arguments { compileUnbound(argument) }
      return .invalid
    }
    let signature = callable.signature
    noteReference(command.nameSpan, .command(signature))
    checkPosition(signature, command, isFirst: isFirst, isLast: isLast)
    let inputColumns = rowColumns
    let (own, code) = signature.runs.map { given(to: command, signature, $0) } ?? (command, nil)
    let bind = binding(arguments(of: own, signature, isPiped: !isFirst), signature)
    let effect = signature.effect
    if effect == .mutating {
      sites.count += 1
      // What a plugin wants to change, and how often, is its own affair.
      if loopDepth > 0 || signature.group == .plugin { sites.repeated += 1 }
    }
    let run: Produce = { frame, input in
      let host = frame.host
      try host.cancellation.check()
      if effect == .local, host.isPreviewing { return .nothing }
      let bound = try bind(frame)
      let call = Call(
        signature: signature, values: bound.values, flags: bound.flags, input: input,
        isShown: isShown, code: code?(frame), span: span, host: host)
      switch try located(span, { try callable.run(call) }) {
      case .nothing: return .nothing
      case .value(let value): return .value(value)
      // The rows are read later, but it is this command that fails then.
      case .rows(let stream): return .rows(RowStream { try located(span) { try stream.next() } })
      case .effects(let effects): return try located(span) { try host.perform(effects, at: span) }
      }
    }
    let columns: [String]? =
      switch signature.columns {
      case .unknown: nil
      case .fixed(let names): names
      case .sameAsInput: inputColumns
      case .arguments: command.columnWords
      }
    return CompiledCommand(run: run, columns: columns, columnTypes: signature.columnTypes)
  }

  private mutating func checkPosition(
    _ signature: Signature, _ command: Command, isFirst: Bool, isLast: Bool
  ) {
    if isFirst, signature.input == .required {
      report(
        "'\(command.name)' needs rows before it", at: command.nameSpan,
        help: "such as: ls | \(command.name) …")
    }
    if !isFirst, signature.input == .none {
      report(
        "'\(command.name)' takes no rows from a pipe", at: command.nameSpan,
        help: signature.usage)
    }
    if !isLast, signature.runs != nil {
      report(
        "'\(command.name)' must end the pipeline", at: command.nameSpan,
        help: "give it the pipeline as a text: \(command.name) \"… | …\"")
    }
    if !isLast, signature.effect == .mutating {
      report("'\(command.name)' changes something and must end the pipeline", at: command.nameSpan)
    }
  }

  private mutating func unknownCommand(_ command: Command) {
    if unsureNames.contains(command.name) { return }
    if let argument = command.arguments.first,
      argument.span.range.lowerBound == command.nameSpan.range.upperBound
    {
      report(
        "unknown function '\(command.name)'", at: command.nameSpan,
        help: Suggestions.help(for: command.name, among: Functions.all.keys)
          ?? "'help functions' lists them")
      return
    }
    if Functions.named(command.name) != nil {
      report(
        "'\(command.name)' is a function of expressions", at: command.nameSpan,
        help: "it is called without a blank: \(command.name)(…)")
      return
    }
    let names =
      commands.names() + commands.installed.names() + functions.keys + Keyword.offered + ["where"]
    let foreign: String? =
      switch command.name {
      case "echo", "printf": "to show text: print …"
      case "cat": "to read a file: open FILE"
      case "grep", "awk": "to choose rows: … | where COLUMN ~ …"
      case "head": "the first rows: … | first N"
      case "tail": "the last rows: … | last N"
      case "sort": "to sort rows: … | sort-by COLUMN"
      case "true", "false", "null":
        "'\(command.name)' is a value; a statement begins with a command"
      case "quit": "to leave: exit"
      case "list": "the snapshots: ls"
      default: nil
      }
    report(
      "unknown command '\(command.name)'", at: command.nameSpan,
      help: foreign ?? Suggestions.help(for: command.name, among: names)
        ?? "'help' lists the commands; an outside program is called by: !\(command.name) …")
  }

  private mutating func compileUnbound(_ argument: Argument) {
    switch argument.kind {
    case .flag(_, let attached): if let attached { _ = expression(attached) }
    case .value(let value), .spread(let value): _ = expression(value)
    case .block(let code, let it): _ = block(code, it: it)
    }
  }

  private mutating func call(
    _ function: UserFunction, _ command: Command, _ span: Span, isFirst: Bool
  ) -> CompiledCommand {
    checkPosition(function.signature, command, isFirst: isFirst, isLast: true)
    if !isFirst, function.signature.input != .none, fillsAll(command, function.signature) {
      report(
        "'\(command.name)' has all its arguments and takes no rows from a pipe",
        at: command.nameSpan, help: function.signature.usage)
    }
    let arguments = arguments(of: command, function.signature, isPiped: !isFirst)
    noteCall(of: function, span)
    noteReference(
      command.nameSpan, .function(function.signature), declaredAt: function.declaration.nameSpan)
    sites.count += function.sites.count
    sites.repeated += loopDepth > 0 ? function.sites.count : function.sites.repeated
    let value = isFirst ? function.slots(for: arguments).map { Node.call(function, $0, span) } : nil
    let bind = binding(arguments, function.signature)
    return CompiledCommand(
      run: { frame, input in
        try frame.host.cancellation.check()
        let arguments = try bind(frame)
        return try function.call(
          arguments, input: input, globals: frame.globals, host: frame.host,
          callDepth: frame.callDepth, at: span)
      }, type: function.declaration.returns, value: value)
  }

  /// Whether the arguments leave no parameter for what is piped in.
  private func fillsAll(_ command: Command, _ signature: Signature) -> Bool {
    var count = 0
    for argument in command.arguments {
      switch argument.kind {
      case .value: count += 1
      case .flag(let name, nil) where signature.flag(named: name)?.type != nil: count -= 1
      case .flag, .block: continue
      case .spread: return false
      }
    }
    return count >= signature.parameters.count
  }

  /// A block as an argument: code that sees each item as `$it`.
  mutating func block(_ code: Code, it: Name) -> Evaluate {
    scopes.open()
    defer { scopes.close() }
    let slot = newSlot()
    scopes.add(
      "it",
      Variable(
        slot: slot, isGlobal: false, isMutable: false, type: nil, span: it.span,
        parallelDepth: parallelDepth))
    let saved = (loopDepth, function, sites, rowColumns)
    (loopDepth, rowColumns) = (0, nil)
    function?.isInBlock = true
    let evaluate: Evaluate
    if let record = code.asRecord {
      evaluate = evaluation(of: record)
    } else {
      let run = execution(of: self.block(code, isLast: true))
      evaluate = { frame in
        try run(frame) == .gaveFlow ? try frame.takeFlow().collect() : .null
      }
    }
    let inside = sites
    (loopDepth, function, sites, rowColumns) = saved
    sites = MutationSites(
      count: inside.count, repeated: saved.2.repeated + inside.count - saved.2.count)
    return { frame in
      .block(
        Block { item in
          let before = frame.slots[slot]
          defer { frame.slots[slot] = before }
          frame.slots[slot] = item
          return try evaluate(frame)
        })
    }
  }
}

extension Code {
  /// `{ {a: 1} }` is a block that gives a record; so is its inner statement.
  fileprivate var asRecord: Expression? {
    guard statements.count == 1, case .pipeline(let pipeline) = statements[0].kind,
      pipeline.stages.count == 1, case .expression(let expression) = pipeline.stages[0].kind,
      case .record = expression.kind
    else { return nil }
    return expression
  }
}

extension Command {
  /// The unquoted words among the arguments.
  fileprivate var columnWords: [String]? {
    var words: [String] = []
    for argument in arguments {
      guard case .value(let expression) = argument.kind, case .bareword(let text) = expression.kind
      else {
        return nil
      }
      words.append(text)
    }
    return words
  }
}
