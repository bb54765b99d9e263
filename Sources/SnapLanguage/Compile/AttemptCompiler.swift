extension Compiler {
  mutating func attempt(_ attempt: Attempt) -> Execute {
    let body = block(attempt.body)
    let handler = attempt.handler.map { self.handler($0, attempt.name) }
    let finally = attempt.finally.map { block($0) }
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
        }
        throw error
      }
      let result = frame.result
      let last = try finally(frame)
      if last != .next { return last }
      frame.result = result
      return signal
    }
  }

  private mutating func handler(
    _ code: Code, _ name: Name?
  ) -> (Frame, Failure) throws -> Signal {
    scopes.open()
    defer { scopes.close() }
    let store = name.map {
      declare($0, isMutable: false, type: .record, mayBeUnused: true, isCaught: true)
    }
    let slot = name.flatMap { scopes.find($0.text)?.slot }
    let run = sequence(statements(code))
    return { frame, failure in
      store?(frame, failure.record)
      if let slot { frame.caught[slot] = failure }
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
      let slot = variable.slot
      return { frame in
        throw frame.caught[slot] ?? Failure(.unknown, "thrown by the script", at: span)
      }
    }
    let evaluate = expression(value).evaluate
    return { frame in
      let value = try evaluate(frame)
      var failure = Failure(.unknown, "", at: span)
      switch value {
      case .record(let record):
        failure.kind = record["kind"]?.stringValue.flatMap(Failure.Kind.init) ?? .unknown
        failure.message = record["message"]?.stringValue ?? "thrown by the script"
        failure.item = record["item"]
        failure.status = record["status"]?.intValue
        failure.thrown = value
      default: failure.message = try located(span) { try value.interpolated() }
      }
      throw failure
    }
  }
}
