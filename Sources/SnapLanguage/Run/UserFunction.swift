/// A function of a script.
package final class UserFunction: @unchecked Sendable {
  package let signature: Signature
  package let declaration: FunctionDeclaration
  // Set once, when the body is compiled, before anything runs.
  var parameters: [BoundParameter] = []
  var slotCount = 0
  var body: ((Frame) throws -> Flow)?
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
    let store: (Frame, Value) -> Void
    let defaultValue: Evaluate?
  }

  /// Runs the body with its arguments in a frame of its own.
  func call(
    _ arguments: BoundArguments, input: Flow?, globals: Frame, host: any Host, callDepth: Int,
    at span: Span
  ) throws -> Flow {
    guard callDepth < Frame.deepestCall else {
      throw Failure(
        .usage, "functions call each other more than \(Frame.deepestCall) deep", at: span)
    }
    guard let body else { return .nothing }
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
        parameter.store(frame, given)
      } else if let defaultValue = parameter.defaultValue {
        parameter.store(frame, try defaultValue(frame))
      } else if !parameter.isFlag,
        let declared = signature.parameters.first(where: { $0.name == parameter.label }),
        declared.isRequired
      {
        throw Failure(
          .usage, "'\(signature.name)' needs \(declared.name.uppercased())", help: signature.usage,
          at: span)
      }
    }
    let flow = try traced(span) { try body(frame) }
    // The rows that it gives are read later, but it is this call that fails then.
    guard case .rows(let stream) = flow else { return flow }
    return .rows(RowStream { try traced(span) { try stream.next() } })
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
