extension Compiler {
  /// A command's arguments, checked and converted as its signature says.
  mutating func arguments(
    of command: Command, _ signature: Signature, isPiped: Bool
  ) -> CompiledArguments {
    var positional: [PositionalArgument] = []
    var flags: [(name: String, value: Node)] = []
    var placesOfFlags: [Int] = []
    var hasUnknownFlag = false
    var index = 0
    let arguments = command.arguments
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      switch argument.kind {
      case .value(let value): positional.append(.value(value))
      case .spread(let value):
        positional.append(.spread(evaluation(of: value), value.span))
      case .block(let code, let it):
        positional.append(.block(block(code, it: it), argument.span))
      case .flag(_, let attached) where signature.takesWords:
        positional.append(.value(word(argument, attached)))
      case .flag(let name, let attached):
        guard let flag = signature.flag(named: name) else {
          unknownFlag(name, signature, argument.span)
          hasUnknownFlag = true
          if let attached { _ = expression(attached) }
          continue
        }
        noteReference(argument.span, .flag(flag, of: signature))
        if flags.contains(where: { $0.name == flag.name }) {
          report("'--\(flag.name)' is given twice", at: argument.span, help: "remove one")
        }
        guard let type = flag.type else {
          if let attached { report("'--\(flag.name)' takes no value", at: attached.span) }
          flags.append((flag.name, .constant(.bool(true))))
          continue
        }
        var value = attached
        if value == nil, index < arguments.count, case .value(let next) = arguments[index].kind {
          value = next
          index += 1
        }
        guard let value else {
          report(
            "'--\(flag.name)' needs a value", at: argument.span, help: "it takes \(type.article)",
            isOpen: true)
          continue
        }
        placesOfFlags += Array(
          repeating: positional.count, count: flags.count - placesOfFlags.count)
        flags.append((flag.name, argumentValue(value, as: type)))
        placesOfFlags.append(positional.count)
      }
    }
    if hasUnknownFlag {
      // Its value may stand among the others.
      for case .value(let value) in positional { _ = expression(value) }
      return CompiledArguments(values: .invalid, flags: flags)
    }
    for flag in signature.flags
    where flag.isRequired && !flags.contains(where: { $0.name == flag.name }) {
      report(
        "'\(command.name)' needs --\(flag.name)", at: command.nameSpan, help: signature.usage,
        isOpen: true)
    }
    let values = positionals(positional, signature, command, isPiped: isPiped)
    var compiled = CompiledArguments(values: values, flags: flags)
    compiled.note(placesOfFlags)
    return compiled
  }

  /// `--name`, or `--name=value`, as one word.
  private func word(_ argument: Argument, _ attached: Expression?) -> Expression {
    guard let attached else {
      return Expression(kind: .literal(.string(argument.span.text)), span: argument.span)
    }
    let start = argument.span.range.lowerBound..<attached.span.range.lowerBound
    let name = argument.span.source.text(start)
    return Expression(
      kind: .text([Expression(kind: .literal(.string(name)), span: argument.span), attached]),
      span: argument.span)
  }

  /// The code that evaluates the arguments.
  mutating func binding(
    _ arguments: CompiledArguments, _ signature: Signature
  ) -> (Frame) throws -> BoundArguments {
    if let placesOfFlags = arguments.placesOfFlags,
      case .fixed(let named, let rest) = arguments.values
    {
      return orderedBinding(arguments, named, rest, placesOfFlags, signature)
    }
    let values = binding(arguments.values, signature)
    let flags = arguments.flags.map { ($0.name, evaluation(of: $0.value)) }
    let defaults = signature.flags.compactMap { flag in flag.defaultValue.map { (flag.name, $0) } }
    return { frame in
      var bound = BoundArguments(values: try values(frame))
      for (name, value) in defaults { bound.flags[name] = value }
      for (name, evaluate) in flags { bound.flags[name] = try evaluate(frame) }
      return bound
    }
  }

  /// For flags that stand before positional arguments: what the arguments do is done in the order in
  /// which they are written.
  private mutating func orderedBinding(
    _ arguments: CompiledArguments, _ named: [(name: String, value: Node)], _ rest: [Node],
    _ placesOfFlags: [Int], _ signature: Signature
  ) -> (Frame) throws -> BoundArguments {
    let values = (named.map(\.value) + rest).map { evaluation(of: $0) }
    let flags = arguments.flags.map { ($0.name, evaluation(of: $0.value)) }
    let names = named.map(\.name)
    let restName = rest.isEmpty ? nil : signature.parameters.last?.name
    let defaults = signature.parameters.dropFirst(named.count).compactMap { parameter in
      parameter.defaultValue.map { (parameter.name, $0) }
    }
    let flagDefaults = signature.flags.compactMap { flag in
      flag.defaultValue.map { (flag.name, $0) }
    }
    return { frame in
      var bound = BoundArguments()
      for (name, value) in defaults { bound.values[name] = value }
      for (name, value) in flagDefaults { bound.flags[name] = value }
      var restValues: [Value] = []
      var flag = 0
      for place in 0...values.count {
        while flag < flags.count, placesOfFlags[flag] <= place {
          bound.flags[flags[flag].0] = try flags[flag].1(frame)
          flag += 1
        }
        guard place < values.count else { break }
        let value = try values[place](frame)
        if place < names.count {
          bound.values[names[place]] = value
        } else {
          restValues.append(value)
        }
      }
      if let restName { bound.values[restName] = .list(restValues) }
      return bound
    }
  }

  private mutating func binding(
    _ values: CompiledArguments.Values, _ signature: Signature
  ) -> (Frame) throws -> [String: Value] {
    guard case .fixed(let nodes, let restNodes) = values else {
      if case .counted(let evaluate) = values { return evaluate }
      return { _ in [:] }
    }
    let named = nodes.map { ($0.name, evaluation(of: $0.value)) }
    let rest = restNodes.map { evaluation(of: $0) }
    let defaults = signature.parameters.dropFirst(named.count).compactMap { parameter in
      parameter.defaultValue.map { (parameter.name, $0) }
    }
    let restName = rest.isEmpty ? nil : signature.parameters.last?.name
    return { frame in
      var values: [String: Value] = [:]
      for (name, value) in defaults { values[name] = value }
      for (name, evaluate) in named { values[name] = try evaluate(frame) }
      if let restName { values[restName] = .list(try rest.map { try $0(frame) }) }
      return values
    }
  }

  private mutating func unknownFlag(_ name: String, _ signature: Signature, _ span: Span) {
    let names = signature.flags.map(\.name)
    let dashes = span.text.hasPrefix("--") ? "--" : "-"
    report(
      "'\(signature.name)' has no flag '\(dashes)\(name)'", at: span,
      help: commands.placeOfFlag(name)
        ?? Suggestions.help(for: name, among: names, prefix: "--")
        ?? (names.isEmpty
          ? signature.usage : "flags: \(names.map { "--\($0)" }.joined(separator: " "))"))
  }

  private mutating func positionals(
    _ arguments: [PositionalArgument], _ signature: Signature, _ command: Command, isPiped: Bool
  ) -> CompiledArguments.Values {
    let parameters = signature.parameters
    let hasSpread = arguments.contains { if case .spread = $0 { true } else { false } }
    let rest = parameters.last.flatMap { $0.isRest ? $0 : nil }
    let most = rest == nil ? parameters.count : Int.max
    if arguments.count > most, !hasSpread {
      report(
        "'\(command.name)' takes \(Self.count(most))",
        at: arguments[most].span, help: signature.usage)
      return .invalid
    }
    let required = parameters.filter(\.isRequired)
    if !hasSpread, arguments.count < required.count {
      // A function takes what is piped in for the parameter that was left out; built-ins declare it.
      let canBePiped =
        isPiped && signature.group == .function && signature.input != .none
        && arguments.count >= required.count - 1
      if !canBePiped {
        let missing = required[arguments.count].name.uppercased()
        report(
          "'\(command.name)' needs \(missing)", at: command.nameSpan, help: signature.usage,
          isOpen: true)
        for case .value(let value) in arguments { _ = expression(value) }
        return .invalid
      }
    }
    if hasSpread { return .counted(spreading(arguments, signature, command)) }
    var named: [(name: String, value: Node)] = []
    var restValues: [Node] = []
    for (index, argument) in arguments.enumerated() {
      let parameter = index < parameters.count ? parameters[index] : rest
      guard let parameter else { continue }
      let node = value(of: argument, as: parameter.type)
      if parameter.isRest {
        restValues.append(node)
      } else {
        named.append((parameter.name, node))
      }
    }
    return .fixed(named, rest: restValues)
  }

  private static func count(_ most: Int) -> String {
    most == 0 ? "no arguments" : "at most \(most) argument\(most == 1 ? "" : "s")"
  }

  /// Arguments with `...`: how many there are is known only while running.
  private mutating func spreading(
    _ arguments: [PositionalArgument], _ signature: Signature, _ command: Command
  ) -> (Frame) throws -> [String: Value] {
    var parts: [(isSpread: Bool, Evaluate, Span)] = []
    for argument in arguments {
      if case .spread(let list, let span) = argument {
        parts.append((true, list, span))
      } else {
        let node = value(of: argument, as: .any)
        parts.append((false, evaluation(of: node), argument.span))
      }
    }
    let compiled = parts
    let place = command.nameSpan.extended(to: command.arguments.last?.span ?? command.nameSpan)
    let parameters = signature.parameters
    return { frame in
      var items: [(Value, Span)] = []
      for (isSpread, evaluate, span) in compiled {
        let value = try evaluate(frame)
        guard isSpread else {
          items.append((value, span))
          continue
        }
        guard case .list(let list) = value else {
          throw Failure(.usage, "'...' needs a list, not \(value.kindName)", at: span)
        }
        items += list.map { ($0, span) }
      }
      var values: [String: Value] = [:]
      for (index, parameter) in parameters.enumerated() {
        if parameter.isRest {
          let rest = try items.dropFirst(index).map { item in
            try located(item.1) { try Conversion.value(item.0, as: parameter.type) }
          }
          if !rest.isEmpty { values[parameter.name] = .list(rest) }
        } else if index < items.count {
          let (value, span) = items[index]
          values[parameter.name] = try located(span) {
            try Conversion.value(value, as: parameter.type)
          }
        } else if let value = parameter.defaultValue {
          values[parameter.name] = value
        } else if parameter.isRequired {
          throw Failure(
            .usage, "'\(signature.name)' needs \(parameter.name.uppercased())",
            help: signature.usage, at: place)
        }
      }
      if items.count > parameters.count, parameters.last?.isRest != true {
        throw Failure(
          .usage, "'\(signature.name)' takes \(Self.count(parameters.count))",
          help: signature.usage, at: place)
      }
      return values
    }
  }

  private mutating func value(of argument: PositionalArgument, as type: ValueType) -> Node {
    switch argument {
    case .value(let value): return argumentValue(value, as: type)
    case .spread(let evaluate, _): return .closure(evaluate)
    case .block(let evaluate, let span):
      if type != .block { report("expected \(type.article), found a block", at: span) }
      return .closure(evaluate)
    }
  }

  /// An argument as a value of `type`: words are read, known mismatches reported.
  private mutating func argumentValue(_ value: Expression, as type: ValueType) -> Node {
    let span = value.span
    do {
      if case .bareword(let text) = value.kind {
        let word = try Conversion.word(text, as: type)
        if type == .column { checkColumn(text, span) }
        return .constant(word)
      }
      let compiled = expression(value)
      if let constant = compiled.constant {
        let converted = try Conversion.value(constant, as: type)
        if type == .column, case .string(let name) = converted { checkColumn(name, span) }
        return .constant(converted)
      }
      if let element = type.element, let items = compiled.items {
        return .list(items.map { checked($0, as: element, $1).node })
      }
      if let known = compiled.type {
        guard type.mayTake(known) else { throw Conversion.mismatch(known, for: type) }
        if known == type { return compiled.node }
      }
      return type == .any ? compiled.node : .converted(compiled.node, type, span)
    } catch {
      report(Failure(evaluating: error), at: span)
      return .constant(.null)
    }
  }

  private mutating func checkColumn(_ name: String, _ span: Span) {
    // A number is a row's place.
    guard let known = rowColumns, !known.contains(name), Int(name) == nil else { return }
    report(
      "unknown column '\(name)'", at: span,
      help: Suggestions.help(for: name, among: known) ?? "columns: \(known.joined(separator: " "))")
  }
}

/// The arguments of one call, by the names of the parameters and flags.
struct CompiledArguments {
  enum Values {
    /// One for each of the first parameters, and the rest's.
    case fixed([(name: String, value: Node)], rest: [Node])
    /// How many there are is known only while running.
    case counted((Frame) throws -> [String: Value])
    /// What is wrong has been reported.
    case invalid
  }

  let values: Values
  let flags: [(name: String, value: Node)]
  /// How many positional arguments stand before each flag; nil when it makes no difference.
  private(set) var placesOfFlags: [Int]?

  /// Takes up the places when a flag that has to be evaluated stands before a positional argument.
  fileprivate mutating func note(_ places: [Int]) {
    guard case .fixed(let named, let rest) = values else { return }
    let count = named.count + rest.count
    let places = places + Array(repeating: count, count: flags.count - places.count)
    let matters = zip(flags, places).contains { flag, place in
      if case .constant = flag.value { return false }
      return place < count
    }
    if matters { placesOfFlags = places }
  }

  init(values: Values, flags: [(name: String, value: Node)]) {
    self.values = values
    self.flags = flags
  }
}

private enum PositionalArgument {
  case value(Expression)
  case spread(Evaluate, Span)
  case block(Evaluate, Span)

  var span: Span {
    switch self {
    case .value(let value): value.span
    case .spread(_, let span), .block(_, let span): span
    }
  }
}

extension Signature {
  package func flag(named name: String) -> Flag? {
    flags.first { $0.name == name || (name.count == 1 && $0.short == name.first) }
  }
}
