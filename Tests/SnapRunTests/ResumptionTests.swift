import CloudAPI
import CloudClient
import ServerKit
import SnapRun
import Testing

/// What the executor makes of a run whose process was killed.
@Suite struct ResumptionTests {
  /// What is left of operations that were being sent, by a cloud whose lists are `lists`.
  private func takeUp(
    _ steps: [Step], states: [OperationState], sliceLists: [Reply], then changes: [Reply] = []
  ) async throws -> (Resumption, [OperationState], [String]) {
    let (lists, replies) = (Replies(sliceLists), Replies(changes))
    return try await ScriptedServer.run { request, connection in
      try await (request.line.hasPrefix("GET") ? lists : replies).next()?.send(to: connection)
    } body: { server in
      try await withClient(of: server.url, readAttempts: 1) { client in
        let journaled = try await JournaledRun()
        let executor = journaled.executor(client)
        let context = OperationContext(origin: "test:1:1")
        _ = try await journaled.run.plan(steps.map { ($0, context) })
        for (index, state) in states.enumerated() {
          try await journaled.run.set(state, of: [index + 1])
        }
        let records = try journaled.journal.operations(ofRun: journaled.run.id)
        let resumption = try await executor.takeUp(records)
        if !changes.isEmpty {
          _ = await executor.perform(resumption.remaining.map(\.operation), wait: nil)
        }
        let ends = try journaled.journal.operations(ofRun: journaled.run.id).map(\.state)
        return (resumption, ends, server.requests.map(\.shortLine))
      }
    }
  }

  @Test func `what was sent and is found is not sent again`() async throws {
    let (resumption, states, requests) = try await takeUp(
      [.create(), .rename(5)], states: [.sending, .sending],
      sliceLists: [.rows([row(9, "new")]), .rows([row(5, "new")])])
    #expect(resumption.remaining.isEmpty && resumption.found.count == 2)
    #expect(states == [.accepted, .accepted])
    #expect(requests == ["GET 1", "GET 1"])
  }

  @Test func `a restore that may have been sent is unknown, without a request`() async throws {
    let (resumption, states, requests) = try await takeUp(
      [.restore()], states: [.sending], sliceLists: [.rows([])])
    #expect(resumption.unknown.map(\.number) == [1])
    #expect(states == [.unknown])
    #expect(requests.isEmpty)
  }

  @Test func `a deletion that is missing from two reads is done`() async throws {
    let (resumption, states, requests) = try await takeUp(
      [.delete()], states: [.sending], sliceLists: [.rows([])])
    #expect(resumption.found.count == 1)
    #expect(states == [.done])
    #expect(requests == ["GET 1", "GET 1"])
  }

  @Test func `a change that comes between the look and the sending is not sent`() async throws {
    let (_, states, requests) = try await takeUp(
      [.rename()], states: [.sending],
      sliceLists: [.rows([row(5, "old")]), .rows([row(5, "new")])], then: [.accepted])
    #expect(states == [.accepted])
    #expect(requests == ["GET 1", "GET 1"])
  }

  @Test func `what has an end is left alone`() async throws {
    let (resumption, states, requests) = try await takeUp(
      Array(repeating: .rename(), count: 5), states: [.done, .gone, .failed, .skipped, .accepted],
      sliceLists: [.rows([])])
    #expect(resumption.remaining.isEmpty && resumption.unknown.isEmpty)
    #expect(states == [.done, .gone, .failed, .skipped, .accepted])
    #expect(requests.isEmpty)
  }

  @Test func `when a look can't be taken nothing is decided`() async throws {
    await #expect(throws: CloudError.self) {
      _ = try await takeUp([.rename()], states: [.sending], sliceLists: [.status(503)])
    }
  }

  @Test func `a rename that has come late stands against nothing`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(200, pageBody([row(5, "new"), row(6, "other")])))
    } body: { server in
      try await withClient(of: server.url) { client in
        let preconditions = try await Preconditions(of: [.rename(5), .rename(6)], by: client)
        #expect(preconditions?.drifts.map(\.index) == [1])
      }
    }
  }
}
