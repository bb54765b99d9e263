package import CloudClient
package import OrderedJSON
import Synchronization

package let testToken = "s3cret-T0ken.of-the_test"

/// Runs `body` with a client of `server`, whose pauses pass at once.
@discardableResult
package func withClient<Result>(
  of url: String, time: TestTime = TestTime(), deadline: Duration = .seconds(30),
  concurrency: Int = 8, readAttempts: Int = 6, token: String = testToken,
  trace: (@Sendable (RequestTrace) -> Void)? = nil,
  body: (CloudClient) async throws -> Result
) async throws -> Result {
  try await withClient(
    of: url, time: time.source, deadline: deadline, concurrency: concurrency,
    readAttempts: readAttempts, token: token, trace: trace, body: body)
}

/// The same with any time.
@discardableResult
package func withClient<Result>(
  of url: String, time: TimeSource, deadline: Duration = .seconds(30), concurrency: Int = 8,
  readAttempts: Int = 6, token: String = testToken,
  trace: (@Sendable (RequestTrace) -> Void)? = nil,
  body: (CloudClient) async throws -> Result
) async throws -> Result {
  let client = CloudClient(
    configuration: ClientConfiguration(
      endpoint: try CloudEndpoint(url), credential: { token }, deadline: deadline,
      concurrency: concurrency, readAttempts: readAttempts, time: time, trace: trace))
  do {
    let result = try await body(client)
    await client.shutdown()
    return result
  } catch {
    await client.shutdown()
    throw error
  }
}

/// Time that passes only in pauses, which end at once, and chance that is always the same.
package final class TestTime: Sendable {
  private let state: Mutex<(now: Duration, pauses: [Duration])> = Mutex((.zero, []))
  private let random: Double

  package init(random: Double = 1) { self.random = random }

  package var pauses: [Duration] { state.withLock { $0.pauses } }

  package var source: TimeSource {
    TimeSource(
      now: { self.state.withLock { $0.now } },
      sleep: { duration async throws(CancellationError) in
        if Task.isCancelled { throw CancellationError() }
        self.state.withLock { state in
          state.now += duration
          state.pauses.append(duration)
        }
      },
      random: { self.random })
  }
}

/// A list that many tasks append to.
package final class Log<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  package init() {}

  package var all: [Element] { elements.withLock { $0 } }
  package func add(_ element: Element) { elements.withLock { $0.append(element) } }
}

/// Lets tasks wait until it is opened.
package final class Latch: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation
  package init() { (stream, continuation) = AsyncStream.makeStream() }
  package func open() { continuation.finish() }
  package func wait() async { for await _ in stream {} }
}

package func row(_ id: Int, _ name: String = "snap", slice: Int = 1, running: Bool = false) -> JSON
{
  [
    "id": .int(id), "name": .string(name), "vm_id": .int(slice),
    "in_progress": running ? true : nil,
  ]
}

package func pageBody(_ rows: [JSON], page: Int = 1, of pages: Int = 1) -> String {
  let object: JSON = [
    "data": .array(rows), "page": .int(page), "pages": .int(pages), "results": .int(rows.count),
  ]
  return object.text()
}

/// The value of `page=` in a request's target; 1 when there is none.
package func pageNumber(_ request: ScriptedServer.Request) -> Int {
  request.target.split(separator: "page=").dropFirst().first.flatMap { Int($0) } ?? 1
}
