import Glibc
import OrderedJSON
import SnapLanguage

/// A running plugin: JSON-RPC 2.0, a message a line, on its stdin and stdout.
///
/// Whoever waits for an answer reads all messages that come meanwhile, also those for others. Nothing is
/// read while nobody waits, so a plugin can't flood: its pipe is full.
final class PluginConnection: @unchecked Sendable {
  /// The versions of the protocol that this program speaks.
  static let versions = 1...1
  /// The longest line in bytes.
  static let longestLine = 16 << 20

  let plugin: Plugin
  private let lock = RecursiveLock()
  private let child: ChildProcess
  let services: any PluginServices
  private var buffer: [UInt8] = []
  private var scanned = 0
  private var ready: [JSON] = []
  private var nextID = 1
  var awaited: Set<Int> = []
  var answers: [Int: JSONObject] = [:]
  var calls: [Int: OpenCall] = [:]
  var incoming: [Int: IncomingStream] = [:]
  var dropped: Set<Int> = []
  var outgoing: [Int: OutgoingStream] = [:]
  private var broken: Failure?
  private var lastError = ""
  private var errorLines = 0
  /// Whether the plugin has ended when it was told to.
  private(set) var endedByItself = false

  /// Starts the plugin and agrees on a version with it.
  ///
  /// - Throws: `Failure` of kind plugin, or `Cancelled`.
  init(
    _ plugin: Plugin, _ manifest: Manifest, environment: [String: String],
    services: any PluginServices, host: any Host
  ) throws {
    guard manifest.versions.overlaps(Self.versions) else {
      throw Failure(
        .plugin,
        "the plugin '\(plugin.name)' speaks version \(Self.text(manifest.versions)) of the protocol, and snapsh \(Self.text(Self.versions))",
        help: "another version of the plugin, or of snapsh, is needed")
    }
    self.plugin = plugin
    self.services = services
    var words = manifest.run
    if words[0].hasPrefix("./") || words[0].contains("/") && !words[0].hasPrefix("/") {
      words[0] = "\(plugin.path)/\(words[0])"
    } else if !words[0].hasPrefix("/") {
      words = ["/usr/bin/env"] + words
    }
    child = try ChildProcess(
      words, folder: plugin.path, environment: environment, hasInput: true, seesErrors: true)
    child.onErrors = { [unowned self] in note(errors: $0) }
    try agree(host)
  }

  private static func text(_ versions: ClosedRange<Int>) -> String {
    versions.count == 1
      ? "\(versions.lowerBound)" : "\(versions.lowerBound) to \(versions.upperBound)"
  }

  private func agree(_ host: any Host) throws {
    let call = OpenCall(
      id: 0, plugin: plugin, host: host, span: Span(SourceText(name: "", text: ""), 0..<0))
    let answer = try request(
      "initialize",
      [
        "protocol": [.int(Self.versions.lowerBound), .int(Self.versions.upperBound)],
        "host": "snapsh", "features": [], "tty": .bool(services.isInteractive),
        "zone": .string(services.zone),
      ], call, .until(.now + .seconds(2), saying: "did not answer 'initialize' within 2 s"))
    guard let version = answer.objectValue?["protocol"]?.intValue, Self.versions.contains(version)
    else {
      throw fail(
        "answered 'initialize' with a version that snapsh doesn't speak: \(Self.quoted(answer.text()))"
      )
    }
  }

  var isBroken: Bool { lock.holding { broken != nil } }

  // MARK: Requests

  /// How long an answer is waited for.
  enum Limit {
    case until(ContinuousClock.Instant, saying: String)
    /// As long as the plugin says something that often.
    case silence(Duration)
  }

  /// A call of a command: its value, or its rows, which are read later.
  func run(
    _ params: JSONObject, _ rows: RowStream?, mayChange: Bool, silence: Duration, host: any Host,
    span: Span, atEnd: @escaping (PluginConnection) -> Void
  ) throws -> Flow {
    try lock.holding {
      let call = OpenCall(id: nextID, plugin: plugin, host: host, span: span, mayChange: mayChange)
      call.atEnd = atEnd
      calls[call.id] = call
      var params = params
      params["call"] = .int(call.id)
      if let rows {
        let stream = OutgoingStream(id: call.id, rows)
        (call.input, outgoing[call.id]) = (stream, stream)
        params["input"] = ["stream": .int(stream.id)]
      }
      let answer: JSON
      do { answer = try request("run", .object(params), call, .silence(silence)) } catch {
        end(call)
        throw error
      }
      let result = answer.objectValue
      guard let stream = result?["stream"]?.intValue else {
        end(call)
        if let failure = call.failure { throw failure }
        guard let value = result?["value"] else { return .nothing }
        return value == .null ? .nothing : .value(WireValues.value(of: value))
      }
      guard incoming[stream] == nil else { throw fail("opened the stream \(stream) twice") }
      incoming[stream] = IncomingStream(call: call)
      let end = StreamEnd { [self] in drop(stream) }
      return .rows(
        RowStream { [self] in
          try withExtendedLifetime(end) { try nextBatch(of: stream, silence) }
        })
    }
  }

  private func end(_ call: OpenCall) {
    guard calls.removeValue(forKey: call.id) != nil else { return }
    if let input = call.input { outgoing[input.id] = nil }
    services.show(nil, of: plugin.name)
    call.atEnd(self)
  }

  /// Asks, and waits for the answer.
  ///
  /// - Throws: `Failure`, or `Cancelled`.
  func request(
    _ method: String, _ params: JSON, _ call: OpenCall, _ limit: Limit
  ) throws -> JSON {
    try lock.holding {
      if let broken { throw broken }
      let id = nextID
      nextID += 1
      awaited.insert(id)
      defer { awaited.remove(id) }
      try send(["jsonrpc": "2.0", "id": .int(id), "method": .string(method), "params": params])
      let answer = try wait(call, limit) { answers.removeValue(forKey: id) }
      if let result = answer["result"] { return result }
      if let failure = call.failure { throw failure }
      if call.host.cancellation.isCancelled { throw Cancelled() }
      throw PluginError(answer["error"], plugin.name).failure(for: call)
    }
  }

  /// A request outside of a call of a command, such as of a hook.
  func ask(
    _ method: String, _ params: JSON, host: any Host, within limit: Duration
  ) throws -> JSON {
    let call = OpenCall(
      id: -1, plugin: plugin, host: host, span: Span(SourceText(name: "", text: ""), 0..<0))
    return try request(
      method, params, call,
      .until(.now + limit, saying: "did not answer '\(method)' within \(limit.milliseconds) ms"))
  }

  /// What Tab asks: nil when the answer would come too late, which harms nobody.
  func askInPassing(_ method: String, _ params: JSON, within limit: Duration) -> JSON? {
    lock.tryHolding { () -> JSON? in
      guard broken == nil else { return nil }
      let id = nextID
      nextID += 1
      let message: JSON = [
        "jsonrpc": "2.0", "id": .int(id), "method": .string(method), "params": params,
      ]
      guard (try? send(message)) != nil else { return nil }
      awaited.insert(id)
      defer { awaited.remove(id) }
      let deadline = ContinuousClock.now + limit
      while answers[id] == nil {
        guard broken == nil, (try? step(until: deadline)) == true else { return nil }
      }
      return answers.removeValue(forKey: id)?["result"]
    } ?? nil
  }

  /// Ends the plugin.
  func shutDown() {
    lock.holding {
      if broken == nil {
        try? send(["jsonrpc": "2.0", "method": "shutdown"])
        let deadline = ContinuousClock.now + .milliseconds(100)
        while child.pendingCount > 0,
          case .written = child.next(readsOutput: false, until: deadline)
        {}
        broken = Failure(.plugin, "the plugin '\(plugin.name)' was ended")
      }
      if child.stop(after: .milliseconds(500)) { endedByItself = true }
    }
  }

  // MARK: Waiting

  private func wait<Found>(
    _ call: OpenCall, _ limit: Limit, _ found: () throws -> Found?
  ) throws -> Found {
    let cancellation = call.host.cancellation
    return try cancellation.withHandler({ [child] in child.wake() }) {
      var deadline = deadline(limit)
      while true {
        if let found = try found() { return found }
        if let broken { throw broken }
        if cancellation.isCancelled, !call.isCancelTold {
          call.isCancelTold = true
          try send(["jsonrpc": "2.0", "method": "$/cancel", "params": ["call": .int(call.id)]])
          deadline = .now + .seconds(2)
        }
        if call.isCancelTold == false, try feed(call) {
          deadline = self.deadline(limit)
          continue
        }
        guard try step(until: deadline) else {
          if call.isCancelTold {
            _ = fail("did not end when it was asked to")
            throw Cancelled()
          }
          switch limit {
          case .until(_, let words): throw fail(words)
          case .silence(let time): throw fail("said nothing for \(time.milliseconds / 1000) s")
          }
        }
        if case .silence = limit, !call.isCancelTold { deadline = self.deadline(limit) }
      }
    }
  }

  private func deadline(_ limit: Limit) -> ContinuousClock.Instant {
    switch limit {
    case .until(let instant, _): instant
    case .silence(let time): .now + time
    }
  }

  /// Handles what comes next; false when nothing has come until the deadline.
  private func step(until deadline: ContinuousClock.Instant) throws -> Bool {
    if !ready.isEmpty {
      try handle(ready.removeFirst())
      return true
    }
    switch child.next(until: deadline) {
    case .output(let bytes): try take(bytes)
    case .outputEnded: throw failForEnd()
    case .timedOut: return false
    case .written, .woken: break
    }
    return true
  }

  /// Sends rows that the plugin has room for; whether there were any.
  private func feed(_ call: OpenCall) throws -> Bool {
    guard let input = call.input, input.canSend, ready.isEmpty, child.pendingCount < 1 << 18 else {
      return false
    }
    do {
      guard let rows = try input.next() else {
        try send([
          "jsonrpc": "2.0", "method": "s/end", "params": ["id": .int(input.id)],
        ])
        return true
      }
      var text = JSONText()
      text.bytes += #"{"jsonrpc":"2.0","method":"s/data","params":{"id":"#.utf8
      text.append(input.id)
      text.bytes += #","items":["#.utf8
      for (index, row) in rows.enumerated() {
        if index > 0 { text.append(byte: ",") }
        try WireValues.append(row, to: &text)
      }
      text.bytes += "]}}".utf8
      try send(text)
    } catch let error where broken == nil {
      // It is this error that the call fails with.
      if call.failure == nil { call.failure = error }
      let message = (error as? Failure)?.message ?? "the rows ended with an error"
      try send([
        "jsonrpc": "2.0", "method": "s/end",
        "params": ["id": .int(input.id), "error": ["message": .string(message)]],
      ])
    }
    return true
  }

  private func nextBatch(of id: Int, _ silence: Duration) throws -> [Value]? {
    try lock.holding {
      guard let stream = incoming[id] else { return nil }
      let batch = try wait(stream.call, .silence(silence)) { () -> [Value]?? in
        if !stream.batches.isEmpty { return .some(stream.batches.removeFirst()) }
        return stream.hasEnded ? .some(nil) : nil
      }
      if let batch {
        stream.credit += 1
        if !stream.hasEnded {
          try send([
            "jsonrpc": "2.0", "method": "s/credit", "params": ["id": .int(id), "n": 1],
          ])
        }
        return batch
      }
      incoming[id] = nil
      end(stream.call)
      if let failure = stream.call.failure ?? stream.failure { throw failure }
      if stream.call.host.cancellation.isCancelled { throw Cancelled() }
      return nil
    }
  }

  /// Nobody reads the stream any more.
  private func drop(_ id: Int) {
    lock.holding {
      guard let stream = incoming.removeValue(forKey: id) else { return }
      end(stream.call)
      guard broken == nil, !stream.hasEnded else { return }
      dropped.insert(id)
      // A plugin that is gone needs no telling.
      try? send(["jsonrpc": "2.0", "method": "s/drop", "params": ["id": .int(id)]])
      let deadline = ContinuousClock.now + .milliseconds(50)
      while child.pendingCount > 0, case .written = child.next(readsOutput: false, until: deadline)
      {}
    }
  }

  // MARK: Lines

  func send(_ message: JSON) throws {
    var text = JSONText()
    text.append(message)
    try send(text)
  }

  private func send(_ text: JSONText) throws {
    guard text.bytes.count < Self.longestLine else {
      throw Failure(
        .plugin, "a message for the plugin '\(plugin.name)' would be longer than 16 MiB",
        help: "one row, or one argument, is that long")
    }
    var line = text
    line.append(byte: "\n")
    child.send(line.bytes)
  }

  private func take(_ bytes: [UInt8]) throws {
    buffer += bytes
    var start = 0
    while let end = buffer[scanned...].firstIndex(of: 0x0A) {
      if end > start { ready.append(try message(buffer[start..<end])) }
      start = end + 1
      scanned = start
    }
    buffer.removeSubrange(..<start)
    scanned = buffer.count
    guard buffer.count <= Self.longestLine else {
      throw fail("sent a line of more than 16 MiB")
    }
  }

  private func message(_ line: ArraySlice<UInt8>) throws -> JSON {
    do throws(JSONError) { return try JSON(parsing: line) } catch {
      let text = String(decoding: line.prefix(200), as: UTF8.self)
      throw fail("wrote a line to stdout that is no JSON: \(Self.quoted(text))")
    }
  }

  private static func quoted(_ text: String) -> String {
    "'\(text.prefix(80))\(text.count > 80 ? "…" : "")'"
  }

  private func note(errors bytes: [UInt8]) {
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      lastError = String(line.prefix(500))
      errorLines += 1
      if errorLines < 200 {
        services.log(lastError, from: plugin.name)
      } else if errorLines == 200 {
        services.log("(more of its stderr is not shown)", from: plugin.name)
      }
    }
  }

  /// Ends the plugin because of what it has done.
  func fail(_ what: String) -> Failure {
    let failure = Failure(
      .plugin, "the plugin '\(plugin.name)' \(what)",
      help: lastError.isEmpty ? nil : "its stderr ended with: \(lastError)")
    broken = failure
    child.stop(after: .zero)
    return failure
  }

  private func failForEnd() -> Failure {
    switch child.end(within: .seconds(1)) {
    case .notStarted(let why): fail("can't be started: \(why)")
    case .badly(let how): fail("ended in the middle (\(how))")
    case .well: fail("ended in the middle (exit code 0)")
    case nil: fail("closed its stdout in the middle")
    }
  }
}
