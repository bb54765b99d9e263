import SnapCommands
package import SnapLanguage
import SnapOutput

/// A program `snapsh-NAME` as the command `NAME`.
package struct ProgramCommand: Callable {
  let plugin: Plugin
  let about: String
  let processes: PluginProcesses

  package var signature: Signature { Self.signature(plugin.name, about: about) }

  static func signature(_ name: String, about: String) -> Signature {
    var signature = Signature(
      name, group: .plugin, about: about.isEmpty ? "the program snapsh-\(name)" : about,
      details: """
        The words behind it are the program's own. What is piped in reaches its stdin, rows as JSON
        lines; JSON lines on its stdout are rows, and all else is text.
        """,
      parameters: [Parameter("argument", .string, required: false, rest: true)],
      input: .optional, effect: .local)
    signature.takesWords = true
    return signature
  }

  package func run(_ call: Call) throws -> Outcome {
    try processes.catalog.checkMayRun(plugin)
    let words = (call["argument"]?.listValue ?? []).compactMap(\.stringValue)
    if call.host.leavesOut(call.span.text) {
      _ = try call.input?.collect()
      return .nothing
    }
    let run = ProgramRun(
      name: plugin.name,
      try ChildProcess(
        [plugin.path] + words, folder: nil, environment: processes.environment,
        hasInput: call.input != nil, seesErrors: false), call.input, call.host)
    guard try run.givesRows() else {
      if call.isShown {
        while let text = try run.nextLines() { try call.host.show(.value(.string(text))) }
        return .nothing
      }
      var text = ""
      while let lines = try run.nextLines() { text += text.isEmpty ? lines : "\n" + lines }
      return text.isEmpty ? .nothing : .value(.string(text))
    }
    let rows = Formats.rows(from: { try run.read(into: $0) }, as: .jsonl)
      .failing(about: "what '\(plugin.name)' writes")
    return .rows(rows)
  }
}

/// A program that runs as a stage of a pipeline: what comes in is written while what it gives is read.
private final class ProgramRun {
  private let name: String
  private let child: ChildProcess
  private let host: any Host
  private var input: RowStream?
  private var text: String?
  private var output: [UInt8] = []
  private var hasEnded = false

  init(name: String, _ child: ChildProcess, _ input: Flow?, _ host: any Host) {
    (self.name, self.child, self.host) = (name, child, host)
    switch input {
    case .value(.string(let text)): self.text = text
    case let flow?: self.input = flow.rowStream
    case nil: break
    }
  }

  /// Whether what it writes begins as JSON lines do.
  func givesRows() throws -> Bool {
    while true {
      if let first = output.first(where: { !Self.isBlank($0) }) {
        return first == UInt8(ascii: "{")
      }
      guard try more() else { return false }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Whole lines, without the last line's end; nil at the end.
  func nextLines() throws -> String? {
    while true {
      if let end = output.lastIndex(of: 0x0A) {
        let text = String(decoding: output[..<end], as: UTF8.self)
        output.removeSubrange(...end)
        return text
      }
      guard try more() else {
        defer { output = [] }
        return output.isEmpty ? nil : String(decoding: output, as: UTF8.self)
      }
    }
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    while output.isEmpty { guard try more() else { return 0 } }
    let count = min(memory.count, output.count)
    memory.copyBytes(from: output[..<count])
    output.removeSubrange(..<count)
    return count
  }

  /// False at the end of what it writes, when it has ended well.
  private func more() throws -> Bool {
    guard !hasEnded else { return false }
    return try host.cancellation.withHandler({ [child] in child.wake() }) {
      while true {
        guard !host.cancellation.isCancelled else {
          child.stop(after: .milliseconds(100))
          throw Cancelled()
        }
        try feed()
        switch child.next(until: nil) {
        case .output(let bytes):
          output += bytes
          return true
        case .outputEnded:
          hasEnded = true
          try checkEnd()
          return false
        case .written, .woken, .timedOut: continue
        }
      }
    }
  }

  private func feed() throws {
    while child.takesInput, child.pendingCount < 1 << 18 {
      if let text {
        child.send((text + "\n").utf8)
        self.text = nil
      } else if let batch = try input?.next() {
        guard !batch.isEmpty else { continue }
        do { child.send(try Formats.encode(.list(batch), as: .jsonl).utf8) } catch let error
          as EncodeError
        { throw error.failure }
      } else {
        input = nil
        if child.pendingCount == 0 { child.closeInput() }
        return
      }
    }
  }

  private func checkEnd() throws {
    var ending = child.end(within: .seconds(1))
    if ending == nil {
      child.closeInput()
      while ending == nil {
        try host.cancellation.check()
        ending = child.end(within: .milliseconds(200))
      }
    }
    // What a Ctrl-C at the terminal has ended did not fail.
    try host.cancellation.check()
    switch ending {
    case .badly(let how): throw Failure(.plugin, "'\(name)' failed: \(how)")
    case .notStarted(let why): throw Failure(.plugin, "'\(name)' can't be run: \(why)")
    case .well, nil: return
    }
  }
}
