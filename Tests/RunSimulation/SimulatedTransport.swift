import CloudAPI
import CloudClient
import NIOHTTP1
import OrderedJSON
import ServerKit

/// The way to the cloud of a `World`.
struct SimulatedTransport: Transport {
  let world: World

  func shutdown() async {}

  func exchange(_ request: TransportRequest) async -> Exchange {
    let target = String(request.url.dropFirst("http://127.0.0.1".count))
    guard
      let call = Endpoint(
        method: request.method.rawValue, target: target,
        body: String(decoding: request.body ?? [], as: UTF8.self)),
      world.step()
    else { return .notSent(.clientShutDown) }
    world.pass(.milliseconds(20))
    let exchange = call.isMutation ? change(call) : read(call)
    // The process may die before it sees the answer.
    return world.step() ? exchange : .noAnswer(.clientShutDown)
  }

  private func change(_ call: Endpoint) -> Exchange {
    let fault = world.fault(ChangeFault.self)
    return world.with { state in
      if fault == .refused { return .notSent(.network(.refused)) }
      let send = state.sends[call, default: 0] + 1
      state.sends[call] = send
      func now() -> ModelCloud.Reply { state.apply(call, send: send, at: state.now) }
      func perhaps() {
        switch Int.random(in: 0..<3, using: &state.chance) {
        case 0: break
        case 1: _ = now()
        default: state.later(call, send: send, within: 20)
        }
      }
      switch fault {
      case nil, .refused: return .answer(now())
      case .lost: return .noAnswer(.network(.reset))
      case .answerLost:
        _ = now()
        return .noAnswer(.network(.closed))
      case .late:
        state.later(call, send: send, within: 20)
        return .noAnswer(.timeout)
      case .serverError:
        perhaps()
        return .answer(state.chance.one(of: [408, 500, 502, 503, 504]))
      case .throttled: return .throttled(&state.chance)
      case .denied: return .answer(state.chance.one(of: [403, 422]))
      case .unauthorized: return .answer(401)
      case .webPage:
        perhaps()
        return .webPage
      case .redirect: return .answer(307)
      case .bodyCut: return .answer(now()).with(.cut(Array("{\"a".utf8), .network(.closed)))
      case .badJSON: return .answer(now()).with(.whole(Array("{".utf8)))
      case .forgotten:
        state.forgotten.insert(call)
        return .answer(202)
      case .vanishing:
        let reply = now()
        if case .create = call, reply.status == 202 {
          state.cloud.loseLast()
          state.vanished.insert(call)
        }
        return .answer(reply)
      case .doubled:
        let reply = now()
        state.later(call, send: nil, within: 5)
        return .answer(reply)
      }
    }
  }

  private func read(_ call: Endpoint) -> Exchange {
    let fault = world.fault(ReadFault.self)
    return world.with { state in
      let reply = state.cloud.answer(call, at: state.now)
      switch fault {
      case nil: return .answer(reply)
      case .refused: return .notSent(.network(.refused))
      case .reset: return .noAnswer(.network(.reset))
      case .serverError: return .answer(state.chance.one(of: [500, 502, 503, 504]))
      case .throttled: return .throttled(&state.chance)
      case .webPage: return .webPage
      case .bodyCut: return .answer(200).with(.cut(Array("{\"data".utf8), .network(.closed)))
      case .badJSON: return .answer(200).with(.whole(Array("{\"data".utf8)))
      case .rowMissing:
        guard let page = reply.body.flatMap({ Page($0) }), !page.rows.isEmpty else {
          return .answer(reply)
        }
        var rows = page.rows
        rows.remove(at: Int.random(in: rows.indices, using: &state.chance))
        let less = Page(rows: rows, page: page.page, pages: page.pages, results: page.results)
        return .answer(ModelCloud.Reply(status: 200, body: less.json))
      }
    }
  }
}

extension Exchange {
  fileprivate static func answer(_ reply: ModelCloud.Reply) -> Exchange {
    let body = reply.body.map { Array($0.text().utf8) } ?? []
    return .answer(
      Answer(
        status: reply.status, headers: ["content-type": "application/json"], body: .whole(body)))
  }

  fileprivate static func answer(_ status: Int) -> Exchange {
    .answer(ModelCloud.Reply(status: status))
  }

  fileprivate static func throttled(_ chance: inout Chance) -> Exchange {
    let pause = Int.random(in: 0...5, using: &chance)
    return .answer(
      Answer(
        status: 429, headers: pause == 0 ? [:] : ["retry-after": "\(pause)"], body: .whole([])))
  }

  fileprivate static let webPage = Exchange.answer(
    Answer(
      status: 200, headers: ["content-type": "text/html"], body: .whole(Array("<html>".utf8))))

  fileprivate func with(_ body: Body) -> Exchange {
    guard case .answer(let answer) = self, answer.status < 300 else { return self }
    return .answer(Answer(status: answer.status, headers: answer.headers, body: body))
  }
}
