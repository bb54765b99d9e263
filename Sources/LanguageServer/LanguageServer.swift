package import SnapLanguage
import OrderedJSON

/// The Language Server Protocol (3.17) over two descriptors: what editors ask about scripts.
///
/// It runs on one thread, which it blocks, and does one thing after another. What the client has
/// sent is read before each step, so that a request can be cancelled while it waits, and that
/// diagnostics are made only for the last of several changes.
package final class LanguageServer {
  let commands: CommandLookup
  /// All declarations, those that are part of the grammar among them.
  let signatures: [Signature]
  let files: any LibraryLoader
  private let channel: Channel
  private var reader = FrameReader()
  private var queue: [Message] = []

  var state = State.uninitialized
  var client = ClientAbilities(.null)
  /// By URI.
  var documents: [String: Document] = [:]
  var published = PublishedDiagnostics()

  enum State {
    case uninitialized, running, shutDown
  }

  package init(
    commands: CommandLookup, signatures: [Signature], files: any LibraryLoader, input: Int32,
    output: Int32
  ) {
    self.commands = commands
    self.signatures = signatures
    self.files = files
    channel = Channel(input: input, output: output)
  }

  /// Serves until the client says `exit` or goes away.
  ///
  /// - Returns: the exit code: 0 after `shutdown`, else 1.
  package func run() -> Int32 {
    while let message = nextMessage() {
      if case .notification("exit", _) = message { break }
      guard handle(message) else { break }
    }
    return state == .shutDown ? 0 : 1
  }

  /// How many messages may pass before diagnostics are sent to a client that doesn't stop.
  private static let mostBeforeDiagnostics = 500

  /// The next message, once nothing is left to do before it; nil at the end of the input.
  private func nextMessage() -> Message? {
    published.messagesSince += 1
    while true {
      guard receive(waits: false) || !queue.isEmpty else { return nil }
      if queue.isEmpty || published.messagesSince > Self.mostBeforeDiagnostics {
        guard publishDiagnostics() else { return nil }
      }
      if !queue.isEmpty { return queue.removeFirst() }
      guard receive(waits: true) || !queue.isEmpty else { return nil }
    }
  }

  /// Takes over what the client has sent. False at the end of the input.
  private func receive(waits: Bool) -> Bool {
    let isOpen = channel.read(into: &reader, waits: waits)
    while let frame = reader.next() {
      let message = Message(frame)
      if case .notification("$/cancelRequest", let params) = message {
        cancel(params.optional("id"))
      } else {
        queue.append(message)
      }
    }
    return isOpen
  }

  private func cancel(_ id: JSON?) {
    let index = queue.firstIndex { if case .request(id, _, _) = $0 { true } else { false } }
    guard let index, let id else { return }
    queue.remove(at: index)
    _ = answer(id, ResponseError(.requestCancelled, "cancelled"))
  }

  /// False when the client has gone.
  private func handle(_ message: Message) -> Bool {
    switch message {
    case .request(let id, let method, let params):
      do throws(ResponseError) {
        return answer(id, try result(of: method, params))
      } catch {
        return answer(id, error)
      }
    case .notification(let method, let params):
      // There is no answer in which an error could be told.
      try? take(method, params)
      return true
    case .response: return true
    case .invalid(let error): return answer(.null, error)
    }
  }

  private func answer(_ id: JSON, _ result: JSON) -> Bool {
    channel.write(["jsonrpc": "2.0", "id": id, "result": result])
  }

  private func answer(_ id: JSON, _ error: ResponseError) -> Bool {
    let details: JSON = ["code": .int(error.code.rawValue), "message": .string(error.message)]
    return channel.write(["jsonrpc": "2.0", "id": id, "error": details])
  }

  /// False when the client has gone.
  func notify(_ method: String, _ params: JSON) -> Bool {
    channel.write(["jsonrpc": "2.0", "method": .string(method), "params": params])
  }
}
