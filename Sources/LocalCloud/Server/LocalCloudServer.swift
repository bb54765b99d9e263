import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// The Syminet API over a local cloud, served by HTTP at `/api/v1`.
package struct LocalCloudServer: Sendable {
  private let cloud: LocalCloud
  private let host: String
  private let port: Int
  private let token: String
  private let logger: Logger

  /// Port 0 is any free one. Every request must carry `token`; with an empty one all are refused.
  package init(
    cloud: LocalCloud, host: String = "127.0.0.1", port: Int, token: String, logger: Logger? = nil
  ) {
    self.cloud = cloud
    self.host = host
    self.port = port
    self.token = token
    self.logger = logger ?? cloud.logger
  }

  /// Serves until its task is cancelled; then accepts nothing more, and returns when all requests
  /// are answered and all operations have ended. `onReady` gets the port.
  package func run(onReady: @escaping @Sendable (_ port: Int) -> Void) async throws {
    let (stop, stopping) = AsyncStream<Never>.makeStream()
    // A task of its own, awaited below: cancellation would reach all that is below it at once.
    let serving = Task { try await serve(until: stop, onReady: onReady) }
    try await withTaskCancellationHandler {
      try await serving.value
    } onCancel: {
      stopping.finish()
    }
  }

  private func serve(
    until stop: AsyncStream<Never>, onReady: @escaping @Sendable (_ port: Int) -> Void
  ) async throws {
    let runner = OperationRunner(cloud: cloud)
    let application = Application(
      router: Routes(cloud: cloud, runner: runner).router(token: token, logger: logger),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in onReady(channel.localAddress?.port ?? port) },
      logger: logger)
    // The last service is the first to be shut down: no request comes after the runner's end.
    let services = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(service: Caretaker(cloud: cloud)),
          .init(service: runner),
          .init(service: application, failureTerminationBehavior: .gracefullyShutdownGroup),
          .init(
            service: StopSignal(stream: stop),
            successTerminationBehavior: .gracefullyShutdownGroup),
        ],
        logger: logger))
    try await services.run()
  }
}

/// A service that ends, and with it all others, when the stream does.
private struct StopSignal: Service {
  let stream: AsyncStream<Never>

  func run() async throws {
    for await _ in stream.cancelOnGracefulShutdown() {}
  }
}
