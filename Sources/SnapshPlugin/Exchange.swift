import Glibc
import OrderedJSON

/// The protocol itself: JSON-RPC 2.0, a message a line.
final class Exchange {
  private let plugin: Plugin
  private var buffer: [UInt8] = []
  private var start = 0
  private var nextID = 1
  private var answers: [Int: JSONObject] = [:]
  private var batches: [Int: [Batch]] = [:]
  private var credits: [Int: Int] = [:]
  private var dropped: Set<Int> = []
  private var cancelled: Set<Int> = []

  private enum Batch {
    case rows([PluginValue])
    case end(PluginError?)
  }

  init(_ plugin: Plugin) { self.plugin = plugin }

  func serve() {
    while let message = read() { handle(message) }
  }

  // MARK: Lines

  /// Nil when snapsh has ended, or wants the plugin to.
  private func read() -> JSONObject? {
    while true {
      if let end = buffer[start...].firstIndex(of: 0x0A) {
        let line = buffer[start..<end]
        start = end + 1
        // What snapsh writes is JSON.
        guard let object = (try? JSON(parsing: line))?.objectValue else { continue }
        return object["method"] == "shutdown" ? nil : object
      }
      buffer.removeSubrange(..<start)
      start = 0
      let count = buffer.count
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let got = Glibc.read(0, &bytes, bytes.count)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      buffer += bytes[..<got]
      precondition(buffer.count > count)
    }
  }

  private func write(_ message: JSONObject) {
    var message = message
    message["jsonrpc"] = "2.0"
    var text = JSONText()
    text.append(.object(message))
    text.append(byte: "\n")
    var rest = text.bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { exit(1) }
      rest = rest.dropFirst(max(0, count))
    }
  }

  func tell(_ method: String, _ params: JSON) {
    write(["method": .string(method), "params": params])
  }

  /// - Throws: `PluginError`.
  func ask(_ method: String, _ params: JSON) throws -> JSON {
    let id = nextID
    nextID += 1
    write(["id": .int(id), "method": .string(method), "params": params])
    while answers[id] == nil { step() }
    let answer = answers.removeValue(forKey: id)
    if let error = answer?["error"] { throw PluginError(error) }
    return answer?["result"] ?? .null
  }

  /// Handles a message while something else is waited for.
  private func step() {
    guard let message = read() else { exit(0) }
    handle(message)
  }

  // MARK: Streams

  func nextBatch(of stream: Int, _ call: Int) throws -> [PluginValue]? {
    while batches[stream]?.isEmpty != false {
      if cancelled.contains(call) { throw PluginCancelled() }
      step()
    }
    switch batches[stream]?.removeFirst() {
    case .rows(let rows):
      tell("s/credit", ["id": .int(stream), "n": 1])
      return rows
    case .end(let error):
      batches[stream] = nil
      if let error { throw error }
      return nil
    case nil: return nil
    }
  }

  private func send(_ next: () throws -> [PluginValue]?, as stream: Int) {
    var end: JSONObject = ["id": .int(stream)]
    do {
      while let rows = try next() {
        for first in Swift.stride(from: 0, to: rows.count, by: 500) {
          while credits[stream] == 0, !dropped.contains(stream) {
            if cancelled.contains(stream) { throw PluginCancelled() }
            step()
          }
          guard !dropped.contains(stream) else { break }
          credits[stream, default: 0] -= 1
          let batch = rows[first..<min(first + 500, rows.count)]
          tell("s/data", ["id": .int(stream), "items": .array(batch.map(\.json))])
        }
        if dropped.remove(stream) != nil { break }
      }
    } catch { end["error"] = Self.json(error) }
    credits[stream] = nil
    tell("s/end", .object(end))
  }

  private static func json(_ error: any Error) -> JSON {
    switch error {
    case let error as PluginError: error.json
    case is PluginCancelled: PluginError("cancelled", kind: "cancelled").json
    default: PluginError("\(error)").json
    }
  }

  // MARK: Messages

  private func handle(_ message: JSONObject) {
    let params = message["params"]?.objectValue ?? JSONObject()
    let number = params["id"]?.intValue ?? -1
    guard let method = message["method"]?.stringValue else {
      if let id = message["id"]?.intValue { answers[id] = message }
      return
    }
    switch method {
    case "s/data":
      let rows = params["items"]?.arrayValue ?? []
      batches[number, default: []].append(.rows(rows.map { PluginValue($0) }))
    case "s/end":
      let error = params["error"].map { PluginError($0) }
      batches[number, default: []].append(.end(error))
    case "s/credit": credits[number, default: 0] += params["n"]?.intValue ?? 1
    case "s/drop": dropped.insert(number)
    case "$/cancel": if let call = params["call"]?.intValue { cancelled.insert(call) }
    default: if let id = message["id"] { answer(id, method, params) }
    }
  }

  private func answer(_ id: JSON, _ method: String, _ params: JSONObject) {
    var message: JSONObject = ["id": id]
    do {
      guard let result = try result(of: method, params) else {
        message["error"] = [
          "code": -32601, "message": .string("there is no method '\(method)'"),
        ]
        return write(message)
      }
      guard case .rows(let next) = result else {
        message["result"] = result.json
        return write(message)
      }
      let stream = params["call"]?.intValue ?? 0
      credits[stream] = 4
      message["result"] = ["stream": .int(stream)]
      write(message)
      send(next, as: stream)
    } catch {
      message["error"] = Self.json(error)
      write(message)
    }
  }

  private enum Answer {
    case json(JSON)
    case rows(() throws -> [PluginValue]?)

    var json: JSON { if case .json(let json) = self { json } else { .null } }
  }

  /// Nil when there is no such method.
  private func result(of method: String, _ params: JSONObject) throws -> Answer? {
    switch method {
    case "initialize": return .json(["protocol": 1, "features": []])
    case "run":
      let name = params["command"]?.stringValue ?? ""
      guard let command = plugin.commands[name] else {
        throw PluginError("there is no command '\(name)'", kind: "usage")
      }
      switch try command(PluginCall(params, self)) {
      case .nothing: return .json([:])
      case .value(let value): return .json(["value": value.json])
      case .rows(let next): return .rows(next)
      }
    case "complete":
      let place = "\(params["command"]?.stringValue ?? "") \(params["param"]?.stringValue ?? "")"
      let words = (params["words"]?.arrayValue ?? []).compactMap(\.stringValue)
      let found = try plugin.completions[place]?(params["prefix"]?.stringValue ?? "", words) ?? []
      return .json(
        .array(found.map { ["value": .string($0.value), "about": .string($0.about)] }))
    case "format":
      guard let format = plugin.formats[params["format"]?.stringValue ?? ""] else { return nil }
      let rows = (params["rows"]?.arrayValue ?? []).map { PluginValue($0) }
      let columns = (params["columns"]?.arrayValue ?? []).compactMap(\.stringValue)
      return .json(["text": .string(try format(rows, columns))])
    default:
      guard let hook = plugin.hooks[method],
        let record = PluginValue(.object(params)).record
      else { return nil }
      return .json(try hook(record))
    }
  }
}
