import CloudAPI
import CloudClient
import LocalCloud
import SnapCommands

/// The local cloud inside this process: started at the first need, reached over HTTP on loopback
/// with a token that nobody else knows.
actor EmbeddedCloud {
  private let store: LocalStore
  private var serving: Task<Void, any Error>?
  private var starting: Task<Started, any Error>?

  struct Started: Sendable {
    let cloud: LocalCloud
    let endpoint: String
    let token: String
  }

  init(store: LocalStore) { self.store = store }

  /// The running server, which this starts when it is the first to ask.
  func started() async throws -> Started {
    if let starting { return try await starting.value }
    let starting = Task { try await self.start() }
    self.starting = starting
    return try await starting.value
  }

  private func start() async throws -> Started {
    let token = Token.random()
    let cloud = try await store.open()
    let server = LocalCloudServer(cloud: cloud, port: 0, token: token)
    let (ports, ready) = AsyncStream<Int>.makeStream()
    let serving = Task {
      defer { ready.finish() }
      try await server.run { port in ready.yield(port) }
    }
    self.serving = serving
    for await port in ports {
      return Started(cloud: cloud, endpoint: "http://127.0.0.1:\(port)/api/v1", token: token)
    }
    try await serving.value
    throw CancellationError()
  }

  /// The operations that run are finished first.
  func shutDown() async {
    // A start that failed has been told to whom it concerned.
    _ = try? await starting?.value
    serving?.cancel()
    _ = try? await serving?.value
  }
}

/// Secrets of this process.
enum Token {
  /// 256 bits from the system, in hexadecimal.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
