import CloudAPI
import CloudClient
import LocalCloud
import SnapCommands
import SnapLanguage

/// The session's cloud, remote or embedded, connected at the first need.
actor Connection {
  private let current: CurrentSettings
  private nonisolated var settings: Settings { current.value }
  private let console: Console
  private let secrets: Secrets
  private let embedded: EmbeddedCloud
  private var connected: [CloudClient] = []
  /// With which the client was made.
  private var timeout: Duration?
  private var connecting: Task<CloudClient, any Error>?

  init(settings: CurrentSettings, console: Console, secrets: Secrets) {
    current = settings
    self.secrets = secrets
    self.console = console
    embedded = EmbeddedCloud(store: settings.value.store)
  }

  /// - Throws: `CloudError`.
  func client() async throws -> CloudClient {
    if let connecting, timeout == settings.timeout { return try await connecting.value }
    timeout = settings.timeout
    let connecting = Task { try await self.connect() }
    self.connecting = connecting
    do { return try await connecting.value } catch {
      self.connecting = nil
      throw error
    }
  }

  private func connect() async throws -> CloudClient {
    let address: String
    let credential: Credential
    switch settings.cloud {
    case .local:
      let started: EmbeddedCloud.Started
      do { started = try await embedded.started() } catch {
        throw Failure(
          .unknown, "the local cloud in \(settings.store.name) can't be opened: \(error)",
          help: settings.store.help(after: error))
      }
      address = started.endpoint
      credential = { started.token }
    case .unusable(let error):
      throw Failure(
        .denied, error.message, help: error.help, exitCode: ExitCode.authentication)
    case .remote(let endpoint, let source):
      address = endpoint
      credential = source.credential
    }
    var configuration = ClientConfiguration(
      endpoint: try CloudEndpoint(address), credential: secrets.noting(credential),
      deadline: settings.timeout)
    configuration.trace = trace
    let client = CloudClient(configuration: configuration)
    connected.append(client)
    return client
  }

  private nonisolated var trace: (@Sendable (RequestTrace) -> Void)? {
    let (current, console) = (current, console)
    return { event in
      let settings = current.value
      switch event {
      case .sending(let endpoint, let url):
        // What is explained has its reads among what is explained.
        if settings.printsCurl, ReadLog.current == nil { console.line(endpoint.curl(to: url)) }
      case .answered(let request, let status, let took):
        if settings.isVerbose { console.line("\(request): \(status) in \(took.text)") }
      case .failed(let error, let took):
        if settings.isVerbose { console.line("failed after \(took.text): \(error)") }
      case .retrying(let attempt, let after, let error):
        if settings.isVerbose {
          console.line("try \(attempt) in \(after.text): \(error)")
        }
      }
    }
  }

  /// The local cloud's own slices; none for a remote cloud.
  func knownSlices() async throws -> [CloudSession.KnownSlice] {
    guard case .local = settings.cloud else { return [] }
    return try await embedded.started().cloud.slices().map { slice in
      CloudSession.KnownSlice(
        id: slice.id, name: slice.name, region: slice.region, perms: slice.permissions.rawValue)
    }
  }

  func shutDown() async {
    for client in connected { await client.shutdown() }
    await embedded.shutDown()
  }
}

extension Duration {
  /// Whole milliseconds below ten seconds, else seconds.
  fileprivate var text: String {
    let milliseconds =
      Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    return milliseconds < 10_000 ? "\(milliseconds) ms" : "\(milliseconds / 1000) s"
  }
}
