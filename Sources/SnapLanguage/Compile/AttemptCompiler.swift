extension Compiler {
  mutating func attempt(_ attempt: Attempt, isLast: Bool) -> Execute {
    let body = collected(block(attempt.body, isLast: isLast), isLast: isLast)
    let handler = attempt.handler.map { self.handler($0, attempt.name, isLast: isLast) }
    let finally = attempt.finally.map { execution(of: block($0)) }
    let isInFunction = function != nil
    func run(_ frame: Frame) throws -> Signal {
      guard let handler else { return try body(frame) }
      do { return try body(frame) } catch let failure as Failure {
        // What a cancellation broke off is no failure of the code.
        try frame.host.cancellation.check()
        return try handler(frame, failure)
      }
    }
    guard let finally else { return run }
    return { frame in
      let signal: Signal
      do { signal = try run(frame) } catch {
        do { _ = try frame.shielded { try finally(frame) } } catch var later as Failure {
          guard let first = error as? Failure else {
            frame.host.note(later)
            throw error
          }
          later.attachCause(first)
          throw later
        } catch let later {
          if let first = error as? Failure { frame.host.note(first) }
          throw later
        }
        throw error
      }
      let (result, flow) = (isInFunction ? frame.slots[0] : nil, frame.takeFlow())
      let last = try frame.shielded { try finally(frame) }
      if last != .next { return last }
      if let result { frame.slots[0] = result }
      frame.flow = flow
      return signal
    }
  }

  /// The code; rows that it gives are read while `try` still stands around it.
  private mutating func collected(_ action: Action, isLast: Bool) -> Execute {
    let run = execution(of: action)
    guard isLast else { return run }
    return { frame in
      let signal = try run(frame)
      if signal == .gaveFlow {
        // Taken while it is read, so that nothing of it is left when that fails.
        let flow = frame.takeFlow()
        if case .rows(let rows) = flow {
          frame.flow = .rows(RowStream(try rows.collect()))
        } else {
          frame.flow = flow
        }
      }
      return signal
    }
  }

  private mutating func handler(
    _ code: Code, _ name: Name?, isLast: Bool
  ) -> (Frame, Failure) throws -> Signal {
    scopes.open()
    defer { scopes.close() }
    let slot = name.map {
      declare($0, isMutable: false, type: .record, mayBeUnused: true, isCaught: true)
    }
    let run = collected(.sequence(statements(code, isLast: isLast)), isLast: isLast)
    return { frame, failure in
      var failure = failure
      let handling = frame.handling
      if let handling { failure.attachCause(handling) }
      frame.handling = failure
      defer { frame.handling = handling }
      if let slot { (frame.slots[slot], frame.caught[slot]) = (failure.record, failure) }
      defer { if let slot { frame.caught[slot] = nil } }
      do { return try run(frame) } catch var later as Failure {
        later.attachCause(failure)
        throw later
      }
    }
  }

  mutating func throwing(_ value: Expression, _ span: Span) -> Execute {
    if case .variable(let name) = value.kind, let variable = find(name.text), variable.isCaught {
      noteUse(of: variable)
      noteReference(name, to: variable)
      let slot = variable.slot
      return { frame in
        throw frame.caught[slot] ?? Failure(.unknown, "thrown by the script", at: span)
      }
    }
    let evaluate = evaluation(of: value)
    return { frame in
      let value = try evaluate(frame)
      var failure = Failure(.unknown, "", at: span)
      switch value {
      case .record(let record):
        failure.kind = record["kind"]?.stringValue.flatMap(Failure.Kind.init) ?? .unknown
        failure.message =
          try record["message"].map { message in
            try located(span) { try message.interpolated() }
          }
          ?? "thrown by the script"
        failure.item = record["item"]
        failure.status = record["status"]?.intValue
        failure.thrown = value
      case .null: failure.message = "thrown by the script"
      default: failure.message = try located(span) { try value.interpolated() }
      }
      throw failure
    }
  }
}
