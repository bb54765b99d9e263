import SnapCommands
import SnapLanguage
import SnapRun

/// `resolve`: a person's decision about an operation whose outcome is unknown.
struct Resolve: Callable {
  let services: ShellServices

  private enum Decision: String, CaseIterable { case done, retry, skip }

  private(set) var signature = Signature(
    "resolve", group: .change, about: "Decide about an operation whose outcome is unknown",
    details: """
      Look at the slice first. done: it was carried out; retry: it was not, and 'resume' sends it
      again; skip: it was not, and shall not be.
      """,
    parameters: [
      Parameter("run", .int, about: "the number of the run"),
      Parameter("operation", .int, about: "the number of the operation in it"),
      Parameter(
        "decision", .oneOf(Decision.allCases.map(\.rawValue)),
        meanings: [
          "done": "it was carried out", "retry": "it was not; 'resume' sends it again",
          "skip": "it was not, and shall not be",
        ]),
    ],
    effect: .local,
    examples: [Signature.Example("resolve 12 3 done", "the third operation of run 12 was done")])

  init(services: ShellServices) {
    self.services = services
    let journal = services.journal
    signature.parameters[0].candidates = { _, _ in journal.runs { $0.outcome == "unknown" } }
    signature.parameters[1].candidates = { _, words in
      words.first.flatMap { Int($0) }.map(journal.unknownOperations) ?? []
    }
  }

  func run(_ call: Call) throws -> Outcome {
    guard let id = call["run"]?.intValue, let number = call["operation"]?.intValue,
      let decision = call["decision"]?.stringValue.flatMap({ Decision(rawValue: $0) })
    else { throw Failure(.usage, "'resolve' needs RUN, OPERATION and a decision") }
    let run = try services.journal.use { journal in
      guard let record = try journal.run(id) else {
        throw Failure(.notfound, "there is no run \(id)", help: "'runs' shows them")
      }
      guard let operation = try journal.operations(ofRun: id).first(where: { $0.number == number })
      else {
        throw Failure(
          .notfound, "run \(id) has no operation \(number)", help: "'runs show \(id)' shows them")
      }
      guard operation.state == .unknown || operation.state == .sending else {
        throw Failure(
          .conflict, "operation \(number) of run \(id) is \(operation.state.rawValue), not unknown")
      }
      guard let run = try journal.reopen(record) else {
        throw Failure(.conflict, "run \(id) is going on in process \(record.header.process)")
      }
      return run
    }
    if call.host.leavesOut(call.span.text) { return .nothing }
    let state: OperationState =
      switch decision {
      case .done: .done
      case .retry: .planned
      case .skip: .skipped
      }
    try call.host.wait {
      do throws(JournalError) {
        try await run.set(state, of: [number], because: "decided by hand: \(decision.rawValue)")
      } catch { throw Failure(error) }
    }
    services.console.note("operation \(number) of run \(id): \(state.rawValue)")
    return .nothing
  }
}
