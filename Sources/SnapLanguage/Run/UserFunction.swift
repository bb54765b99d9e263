/// A function of a script.
package final class UserFunction: @unchecked Sendable {
  package let signature: Signature
  package let declaration: FunctionDeclaration
  // Set once, when the body is compiled, before anything runs.
  var parameters: [BoundParameter] = []
  var slotCount = 0
  var chunk: Chunk? { didSet { code = .passUnretained(chunk ?? .empty) } }
  /// The same, for calls that don't need to keep it.
  private(set) var code: Unmanaged<Chunk> = .passUnretained(Chunk.empty)
  /// Until the body is compiled, it counts as changing things repeatedly.
  var sites = MutationSites(count: 1, repeated: 1)
  /// The script's own variables that it uses, with their declarations.
  var globals: [String: Span] = [:]
  var changedGlobals: Set<String> = []
  var callees: [UserFunction] = []

  init(signature: Signature, declaration: FunctionDeclaration) {
    self.signature = signature
    self.declaration = declaration
  }

  struct BoundParameter {
    let label: String
    let isFlag: Bool
    let slot: Int
    let defaultValue: Evaluate?
  }

  /// The values of all parameters, in the order of their slots; nil when some are known only while
  /// running.
  func slots(for arguments: CompiledArguments) -> [Node]? {
    guard case .fixed(let named, let rest) = arguments.values, arguments.placesOfFlags == nil else {
      return nil
    }
    var nodes: [Node] = []
    for parameter in declaration.parameters {
      let given =
        parameter.isFlag
        ? arguments.flags.first { $0.name == parameter.label }?.value
        : parameter.isRest ? .list(rest) : named.first { $0.name == parameter.label }?.value
      guard let node = given ?? parameter.knownDefault.map({ Node.constant($0) }) else {
        return nil
      }
      nodes.append(node)
    }
    return nodes
  }

  /// Runs the body with its arguments in a frame of its own.
  func call(
    _ arguments: BoundArguments, input: Flow?, globals: Frame, host: any Host, callDepth: Int,
    at span: Span
  ) throws -> Flow {
    guard callDepth < Frame.deepestCall else {
      var failure = Frame.tooDeep
      failure.span = span
      throw failure
    }
    guard let chunk else { return .nothing }
    let frame = Frame(count: slotCount, globals: globals, host: host, callDepth: callDepth + 1)
    var values = arguments.values
    if let input, let open = signature.parameters.first(where: { values[$0.name] == nil }) {
      let piped = try input.collect()
      values[open.name] = try located(span) {
        open.isRest
          ? .list(try (piped.listValue ?? [piped]).map { try Conversion.value($0, as: open.type) })
          : try Conversion.value(piped, as: open.type)
      }
    }
    for parameter in parameters {
      let given = parameter.isFlag ? arguments.flags[parameter.label] : values[parameter.label]
      if let given {
        frame.slots[parameter.slot] = given
      } else if let defaultValue = parameter.defaultValue {
        frame.slots[parameter.slot] = try defaultValue(frame)
      } else if !parameter.isFlag,
        let declared = signature.parameters.first(where: { $0.name == parameter.label }),
        declared.isRequired
      {
        throw Failure(
          .usage, "'\(signature.name)' needs \(declared.name.uppercased())", help: signature.usage,
          at: span)
      }
    }
    let flow = try traced(span) {
      let flow: Flow =
        switch try chunk.run(frame) {
        case .returned: .value(frame.slots[0])
        case .gaveFlow: frame.takeFlow()
        default: .nothing
        }
      guard declaration.returns != nil else { return flow }
      return .value(try checked(try flow.collect()))
    }
    // The rows that it gives are read later, but it is this call that fails then.
    guard case .rows(let stream) = flow else { return flow }
    return .rows(RowStream { try traced(span) { try stream.next() } })
  }

  /// What the function gives, when that is what it says.
  func checked(_ value: Value) throws -> Value {
    guard let type = declaration.returns else { return value }
    let value = Conversion.widened(value, type)
    guard !Conversion.fits(value, type) else { return value }
    throw Failure(
      .usage, "the function should return \(type.article), not \(value.kindName)",
      at: declaration.nameSpan)
  }
}

/// Runs `body`; a failure of it tells of the call at `span`.
private func traced<Result>(_ span: Span, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch var failure as Failure {
    failure.trace.append(span)
    throw failure
  }
}

/// A call's arguments, evaluated and converted.
package struct BoundArguments {
  var values: [String: Value] = [:]
  var flags: [String: Value] = [:]
}

extension FunctionDeclaration.Parameter {
  /// What the parameter is when it isn't given, as far as the text alone tells.
  fileprivate var knownDefault: Value? {
    if let defaultValue {
      guard case .literal(let value) = defaultValue.kind else { return nil }
      return Conversion.widened(value, type ?? .any)
    }
    if isFlag, type == nil || type == .bool { return .bool(false) }
    if case .optional? = type { return .null }
    return isFlag ? .null : nil
  }
}
