import SnapCommands
import SnapLanguage
import SnapOutput
import Synchronization

/// Runs pipelines of the commands for rows, without a cloud. `given` gives the rows of a test.
enum Pipes {
  private static let commands: [any Callable] = [
    SortBy(), Select(), First(), Last(), Skip(), Count(), Length(), Sum(), Avg(), Min(), Max(),
    Get(), Reverse(), Uniq(), GroupBy(), Flatten(), Join(), Each(), To(), From(), Save(), Open(),
    Print(),
  ]

  /// What `pipeline` shows, as JSON lines.
  ///
  /// - Throws: the `Failure` that ends it, or the `Program.Rejection` of its check.
  static func lines(_ pipeline: String, given: Given = Given([])) async throws -> [String] {
    let result = await InterpreterThread.run {
      Result { try run(pipeline, given) }
    }
    return try result.get()
  }

  private static func run(_ pipeline: String, _ given: Given) throws -> [String] {
    let all = commands + [given]
    let lookup = CommandLookup(
      named: { name in all.first { $0.signature.name == name } },
      names: { all.map(\.signature.name) })
    let host = WritingHost()
    let interpreter = Interpreter(host: host)
    let program = try Program(
      SourceText(name: "test.snap", text: pipeline), commands: lookup, scope: interpreter.scope,
      isPrompt: false, libraries: NoLibraries())
    try interpreter.run(program)
    return host.lines
  }
}

/// The command `given`: rows in batches of two.
struct Given: Callable {
  let signature: Signature
  private let batches: @Sendable () -> AnyIterator<[Value]>

  init(_ rows: [Value], columns: Signature.Columns = .unknown) {
    self.init(
      batches: {
        var rest = rows[...]
        return AnyIterator {
          if rest.isEmpty { return nil }
          defer { rest = rest.dropFirst(2) }
          return Array(rest.prefix(2))
        }
      }, columns: columns)
  }

  init(
    batches: @escaping @Sendable () -> AnyIterator<[Value]>, columns: Signature.Columns = .unknown
  ) {
    signature = Signature("given", group: .read, about: "", effect: .read, columns: columns)
    self.batches = batches
  }

  func run(_ call: Call) throws -> Outcome {
    let batches = batches()
    return .rows(RowStream { batches.next() })
  }
}

func record(_ fields: KeyValuePairs<String, Value>) -> Value {
  .record(Record(fields.map { ($0.key, $0.value) }))
}

private final class WritingHost: Host {
  let cancellation = Cancellation()
  let isPreviewing = false
  private let text = Mutex("")

  var lines: [String] { text.withLock { $0 }.split(separator: "\n").map(String.init) }

  func show(_ flow: Flow) throws {
    try ValueWriter(style: OutputStyle(format: .jsonl, now: 0)).write(flow) { piece in
      text.withLock { $0 += piece }
    }
  }

  func perform(_ effects: any Effects, at span: Span) throws -> Flow { .nothing }
  func note(_ failure: Failure) {}
  func environment(_ name: String) -> String? { nil }
}

struct NoLibraries: LibraryLoader {
  func library(_ path: String, from source: SourceText) throws -> SourceText {
    throw Failure(.notfound, "there are no libraries here")
  }
}
