import CloudAPI
package import CloudClient

/// What is left of a run that was broken off, after a look at what may have been done.
package struct Resumption: Sendable {
  /// Operations that a person has to decide about; nothing is sent while there are any.
  package var unknown: [Operation] = []
  /// Those of which a look has proven that they were done.
  package var found: [StepResult] = []
  /// Accepted ones that the run was to wait for.
  package var accepted: [Operation] = []
  /// Those that are still to be sent, with their statements.
  package var remaining: [(operation: Operation, context: OperationContext)] = []
}

extension Executor {
  /// Looks up what was being sent when the run was broken off, and writes down what is found.
  ///
  /// - Throws: `CloudError` when a look can't be taken; then nothing should be sent.
  package func takeUp(_ records: [OperationRecord]) async throws(CloudError) -> Resumption {
    var resumption = Resumption()
    for record in records
    where record.isToBeSent || record.state.isOpen || record.state == .accepted {
      let operation = Operation(number: record.number, step: record.step)
      switch record.state {
      case .planned, .failed:
        let fresh = Operation(number: record.number, step: record.step.knowing(nil))
        resumption.remaining.append((fresh, record.context))
      case .unknown: resumption.unknown.append(operation)
      case .accepted: if record.context.waits { resumption.accepted.append(operation) }
      case .sending: try await takeUp(operation, record.context, &resumption)
      case .done, .gone, .skipped: break
      }
    }
    return resumption
  }

  private func takeUp(
    _ operation: Operation, _ context: OperationContext, _ resumption: inout Resumption
  ) async throws(CloudError) {
    switch await lookUp(operation.step) {
    case .applied(let result):
      await note(result, of: operation)
      resumption.found.append(result)
      if case .accepted = result.outcome, context.waits { resumption.accepted.append(operation) }
    case .notSeen:
      let again = Operation(
        number: operation.number, step: operation.step, mayHaveBeenSent: true)
      resumption.remaining.append((again, context))
    case .unproven(let error?): throw error
    case .unproven(nil):
      let result = StepResult(step: operation.step, .neverSeen)
      await note(result, of: operation)
      resumption.unknown.append(operation)
    }
  }

  /// Waits for operations that the cloud has accepted before.
  package func await(_ operations: [Operation], _ wait: Wait) async -> [StepResult] {
    var results = operations.map { StepResult(step: $0.step, .accepted) }
    await self.wait(wait, operations, &results)
    return results
  }
}
