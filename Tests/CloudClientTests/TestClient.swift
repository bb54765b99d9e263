import CloudAPI
import CloudClient
import OrderedJSON
import Synchronization

let testToken = "s3cret-T0ken.of-the_test"

/// Runs `body` with a client of `server`, whose pauses pass at once.
@discardableResult
func withClient<Result>(
  of url: String, time: TestTime = TestTime(), deadline: Duration = .seconds(30),
  concurrency: Int = 8, readAttempts: Int = 6, token: String = testToken,
  trace: (@Sendable (RequestTrace) -> Void)? = nil,
  body: (CloudClient) async throws -> Result
) async throws -> Result {
  let client = CloudClient(
    configuration: ClientConfiguration(
      endpoint: try CloudEndpoint(url), credential: { token }, deadline: deadline,
      concurrency: concurrency, readAttempts: readAttempts, time: time.source, trace: trace))
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
final class TestTime: Sendable {
  private let state: Mutex<(now: Duration, pauses: [Duration])> = Mutex((.zero, []))
  private let random: Double

  init(random: Double = 1) { self.random = random }

  var pauses: [Duration] { state.withLock { $0.pauses } }

  var source: TimeSource {
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
final class Log<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  var all: [Element] { elements.withLock { $0 } }
  func add(_ element: Element) { elements.withLock { $0.append(element) } }
}

/// Lets tasks wait until it is opened.
final class Latch: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation
  init() { (stream, continuation) = AsyncStream.makeStream() }
  func open() { continuation.finish() }
  func wait() async { for await _ in stream {} }
}

func row(_ id: Int, _ name: String = "snap", slice: Int = 1, running: Bool = false) -> JSON {
  [
    "id": .int(id), "name": .string(name), "vm_id": .int(slice),
    "in_progress": running ? true : nil,
  ]
}

func pageBody(_ rows: [JSON], page: Int = 1, of pages: Int = 1) -> String {
  let object: JSON = [
    "data": .array(rows), "page": .int(page), "pages": .int(pages), "results": .int(rows.count),
  ]
  return object.text()
}

/// The value of `page=` in a request's target; 1 when there is none.
func pageNumber(_ request: ScriptedServer.Request) -> Int {
  request.target.split(separator: "page=").dropFirst().first.flatMap { Int($0) } ?? 1
}

let mutations: [Verb: Endpoint] = [
  .create: .create(SliceID(3247), name: "mysnapshot"),
  .rename: .rename(SnapshotID(14901), name: "mysnapshot"),
  .delete: .delete(SnapshotID(14901)),
  .restore: .restore(SnapshotID(14901), onto: SliceID(3247)),
]
