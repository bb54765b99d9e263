import CloudAPI
import CloudClient
import Glibc
import SnapRun
import Synchronization

/// A run in a journal of its own, in a folder that goes with it.
final class JournaledRun: Sendable {
  let journal: Journal
  let run: Run
  private let folder: String

  init(limits: Limits = Limits(), endpoint: String = "test") async throws {
    var template = Array("/tmp/snapsh-run-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
    journal = try Journal(folder: folder) { 0 }
    run = try await journal.begin(.test(limits: limits, endpoint: endpoint))
  }

  deinit {
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "journal.lock"] {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)
  }

  func executor(
    _ client: CloudClient, report: @escaping @Sendable (Executor.Event) -> Void = { _ in }
  ) -> Executor {
    // The folder stays as long as the executor.
    Executor(client: client, run: run) { [self] event in
      withExtendedLifetime(self) { report(event) }
    }
  }
}

extension RunHeader {
  static func test(limits: Limits = Limits(), endpoint: String = "test") -> RunHeader {
    RunHeader(
      kind: .code, name: "<code>", text: "", endpoint: endpoint, profile: "test", user: "me",
      process: 1, zone: "UTC", limits: limits)
  }
}

extension Executor {
  /// Writes the steps down and performs them.
  func run(_ steps: [Step], wait: Wait?) async throws -> [StepResult] {
    let context = OperationContext(origin: "test:1:1", waits: wait != nil)
    return await perform(try await run.plan(steps.map { ($0, context) }), wait: wait)
  }
}
