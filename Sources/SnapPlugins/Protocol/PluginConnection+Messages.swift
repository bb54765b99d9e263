import OrderedJSON
import SnapLanguage

/// What the plugin says: its requests while a call is open, and its notices.
extension PluginConnection {
  func handle(_ message: JSON) throws {
    guard let object = message.objectValue else { throw fail("sent a message that is no object") }
    guard let method = object["method"]?.stringValue else {
      // An answer that nobody waits for any more is dropped.
      if let id = object["id"]?.intValue {
        if awaited.contains(id) { answers[id] = object }
        return
      }
      if let error = object["error"] {
        throw fail("can't go on: \(PluginError(error, plugin.name).message)")
      }
      throw fail("sent a message that is neither a request nor an answer")
    }
    let params = object["params"]?.objectValue ?? JSONObject()
    guard let id = object["id"] else { return try notice(method, params) }
    var answer: JSONObject = ["jsonrpc": "2.0", "id": id]
    do {
      answer["result"] = try result(of: method, params)
    } catch let error as MethodError {
      answer["error"] = ["code": .int(error.code), "message": .string(error.message)]
    } catch {
      let failure = error as? Failure
      answer["error"] = [
        "code": -32000, "message": .string(failure?.message ?? "interrupted"),
        "data": ["kind": .string((failure?.kind ?? .cancelled).rawValue)],
      ]
    }
    try send(.object(answer))
  }

  private struct MethodError: Error {
    let code: Int
    let message: String
  }

  private func result(of method: String, _ params: JSONObject) throws -> JSON {
    guard let id = params["call"]?.intValue, let call = calls[id] else {
      throw MethodError(code: -32602, message: "'call' must be the number of an open call")
    }
    let host = call.host
    switch method {
    case "api/get":
      try call.checkPermission(.read)
      let resource = params["resource"]?.stringValue ?? "snapshots"
      guard ["snapshots", "slices"].contains(resource) else {
        throw MethodError(code: -32602, message: "'resource' must be snapshots or slices")
      }
      let read = PluginRead(
        wantsSlices: resource == "slices", query: params["query"]?.stringValue,
        slice: params["slice"].map { WireValues.value(of: $0) })
      return ["value": try WireValues.json(of: try services.rows(read, host))]
    case "mutate":
      guard let verb = params["verb"]?.stringValue, Manifest.verbs.contains(verb),
        let items = params["items"]?.arrayValue
      else {
        throw MethodError(
          code: -32602,
          message: "'verb' must be one of \(Manifest.verbs.joined(separator: ", ")), 'items' a list"
        )
      }
      do {
        try call.checkPermission(.change(verb))
        guard call.mayChange else {
          throw Failure(
            .denied, "a command that isn't declared as mutating can't change anything",
            help: "its plugin.json needs: \"effect\": \"mutating\"")
        }
        let value = try services.change(
          verb, items.map { WireValues.value(of: $0) }, waits: params["wait"] == .bool(true), host,
          at: call.span)
        return ["value": try WireValues.json(of: value)]
      } catch {
        // What could not be changed makes the call fail, whatever the plugin says.
        if call.failure == nil { call.failure = error }
        throw error
      }
    case "ask":
      guard let question = params["question"]?.stringValue else {
        throw MethodError(code: -32602, message: "'question' must be a text")
      }
      return ["answer": .bool(try services.ask(question, for: plugin.name, host))]
    default: throw MethodError(code: -32601, message: "there is no method '\(method)'")
    }
  }

  private func notice(_ method: String, _ params: JSONObject) throws {
    let id = params["id"]?.intValue ?? -1
    switch method {
    case "s/data":
      guard let items = params["items"]?.arrayValue else {
        throw fail("sent 's/data' without items")
      }
      if dropped.contains(id) { return }
      guard let stream = incoming[id], !stream.hasEnded else {
        throw fail("sent rows for the stream \(id), which is not open")
      }
      stream.credit -= 1
      guard stream.credit >= 0 else { throw fail("sent more batches than it was given room for") }
      stream.batches.append(items.map { stream.reader.value($0) })
    case "s/end":
      if dropped.remove(id) != nil { return }
      guard let stream = incoming[id] else {
        throw fail("ended the stream \(id), which is not open")
      }
      stream.hasEnded = true
      if let error = params["error"], error != .null {
        stream.failure = PluginError(error, plugin.name).failure(for: stream.call)
      }
    case "s/credit": outgoing[id]?.add(credit: params["n"]?.intValue ?? 1)
    case "s/drop": outgoing[id]?.drop()
    case "progress":
      services.show(
        PluginProgress(
          done: params["done"]?.intValue, total: params["total"]?.intValue,
          text: params["text"]?.stringValue ?? ""), of: plugin.name)
    case "log":
      let call = params["call"]?.intValue.flatMap { calls[$0] }
      call?.logged += 1
      let count = call?.logged ?? 0
      if count < 1000 { services.log(params["text"]?.stringValue ?? "", from: plugin.name) }
      if count == 1000 { services.log("(more lines are not shown)", from: plugin.name) }
    default: break
    }
  }
}
