import CloudAPI
import Dispatch
import OrderedJSON
import ServerKit
import Synchronization

/// A `ModelCloud` on loopback, in real time.
final class ModelServer: Sendable {
  private final class State: Sendable {
    let cloud: Mutex<ModelCloud>
    let received = Mutex<[Endpoint]>([])
    init(_ cloud: ModelCloud) { self.cloud = Mutex(cloud) }
  }
  private let state: State
  private let server: ScriptedCloud

  /// `except` is asked first, after a change was carried out or refused; nil leaves the answer to
  /// the model.
  init(
    _ cloud: ModelCloud,
    except: @escaping @Sendable (Endpoint) -> ScriptedCloud.Answer? = { _ in nil }
  ) throws {
    let (state, start) = (State(cloud), ContinuousClock.now)
    self.state = state
    server = try ScriptedCloud { request in
      guard
        let call = Endpoint(method: request.method, target: request.target, body: request.body)
      else { return .status(400, "") }
      if call.isMutation { state.received.withLock { $0.append(call) } }
      let now = ContinuousClock.now - start
      let reply = state.cloud.withLock { $0.answer(call, at: now) }
      return except(call)
        ?? .status(
          reply.status, reply.body?.text() ?? "", headers: ["content-type": "application/json"])
    }
  }

  var environment: [String: String] { server.environment }
  var cloud: ModelCloud { state.cloud.withLock { $0 } }
  /// Changes that were asked for, refused ones among them.
  var received: [Endpoint] { state.received.withLock { $0 } }

  /// Until all that its clients have sent has been worked on, and they are gone.
  func waitForQuiet() { server.connections.wait() }
}
