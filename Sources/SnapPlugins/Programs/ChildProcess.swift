import Dispatch
import Glibc
import SnapLanguage
import Subprocess
import Synchronization
import SystemPackage

/// A program at the other end of pipes, for a thread that may block. One thread at a time uses it.
final class ChildProcess: @unchecked Sendable {
  /// What `next` came back for.
  enum Event {
    case output([UInt8])
    case outputEnded
    /// Something that was to be written has been.
    case written
    /// Somebody called `wake`.
    case woken
    case timedOut
  }

  private let shared: Shared
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private var pending: [UInt8] = []
  private var written = 0
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// Gets what the program writes to stderr.
  var onErrors: ([UInt8]) -> Void = { _ in }

  /// What the task that runs the program shares with the thread that uses it.
  private final class Shared: Sendable {
    private let waking: Pipe
    var waker: Int32 { waking.reading }
    let hasEnded = DispatchSemaphore(value: 0)
    let state = Mutex(State())

    struct State {
      var process: pid_t?
      /// How the program ended, or why it could not be started.
      var end: Result<TerminationStatus, SubprocessError>?
    }

    init() throws {
      waking = try Pipe()
      waking.reading.makeNonblocking()
      waking.writing.makeNonblocking()
    }

    deinit {
      close(waking.reading)
      close(waking.writing)
    }

    func wake() {
      var byte: UInt8 = 0
      _ = write(waking.writing, &byte, 1)
    }

    func takeWakes() {
      var bytes: (UInt64, UInt64) = (0, 0)
      while read(waking.reading, &bytes, 16) > 0 {}
    }
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - words: a path and arguments.
  ///   - folder: in which it begins; nil for that of this process.
  ///   - environment: all variables that it sees.
  ///   - hasInput: whether it gets what is written; else it has stdin of this process.
  ///   - seesErrors: whether `onErrors` gets its stderr; else that is this process's.
  /// - Throws: `Failure` when there are no descriptors left.
  init(
    _ words: [String], folder: String?, environment: [String: String], hasInput: Bool,
    seesErrors: Bool
  ) throws {
    let toChild = hasInput ? try Pipe() : nil
    let fromChild = try Pipe()
    let errorsFromChild = seesErrors ? try Pipe() : nil
    input = toChild?.writing ?? -1
    output = fromChild.reading
    errors = errorsFromChild?.reading ?? -1
    for descriptor in [input, output, errors] where descriptor >= 0 {
      descriptor.makeNonblocking()
    }
    shared = try Shared()
    var options = PlatformOptions()
    // A Ctrl-C at the terminal is for snapsh, which tells the program in its own way.
    if hasInput, seesErrors { options.processGroupID = 0 }
    let custom = Dictionary(
      uniqueKeysWithValues: environment.map { (Subprocess.Environment.Key(stringLiteral: $0), $1) })
    let (shared, options2) = (shared, options)
    let descriptors = (toChild?.reading ?? 0, fromChild.writing, errorsFromChild?.writing ?? 2)
    // Its end is awaited by `end`, and reported in the state.
    Task {
      let end: Result<TerminationStatus, SubprocessError>
      do {
        let result = try await Subprocess.run(
          .path(FilePath(words[0])), arguments: Arguments(Array(words.dropFirst())),
          environment: .custom(custom), workingDirectory: folder.map { FilePath($0) },
          platformOptions: options2,
          input: .fileDescriptor(
            FileDescriptor(rawValue: descriptors.0), closeAfterSpawningProcess: hasInput),
          output: .fileDescriptor(
            FileDescriptor(rawValue: descriptors.1), closeAfterSpawningProcess: true),
          error: .fileDescriptor(
            FileDescriptor(rawValue: descriptors.2), closeAfterSpawningProcess: seesErrors)
        ) { execution in
          shared.state.withLock { $0.process = execution.processIdentifier.value }
        }
        end = .success(result.terminationStatus)
      } catch let error as SubprocessError { end = .failure(error) } catch {
        end = .success(.exited(127))
      }
      shared.state.withLock { state in
        state.end = end
        state.process = nil
      }
      shared.hasEnded.signal()
      shared.wake()
    }
  }

  deinit { kill() }

  private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        throw Failure(.plugin, "no pipe can be made: \(String(cString: strerror(errno)))")
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (reading, writing) = (ends[0], ends[1])
    }
  }

  /// Bytes that have not reached the program.
  var pendingCount: Int { pending.count - written }

  /// Takes up what is to be written while `next` waits.
  func send(_ bytes: some Collection<UInt8>) {
    guard input >= 0 else { return }
    if written > 1 << 20 {
      pending.removeSubrange(..<written)
      written = 0
    }
    pending.append(contentsOf: bytes)
  }

  /// Ends the program's stdin, once all that is pending has been written or given up.
  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
    (pending, written) = ([], 0)
  }

  var takesInput: Bool { input >= 0 }

  /// Makes `next` come back; from any thread.
  func wake() { shared.wake() }

  /// Reads, writes and waits, until there is something to tell.
  func next(readsOutput: Bool = true, until deadline: ContinuousClock.Instant?) -> Event {
    while true {
      var polled = [
        pollfd(fd: shared.waker, events: Int16(POLLIN), revents: 0),
        pollfd(fd: readsOutput ? output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: pendingCount > 0 ? input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      let milliseconds = deadline.map { max(0, ($0 - .now).milliseconds + 1) } ?? -1
      if let deadline, deadline <= .now {
        guard Glibc.poll(&polled, 4, 0) > 0 else { return .timedOut }
      } else {
        guard Glibc.poll(&polled, 4, Int32(clamping: milliseconds)) > 0 else { continue }
      }
      if polled[2].revents != 0 { readErrors() }
      if polled[1].revents != 0 { if let event = readOutput() { return event } }
      if polled[3].revents != 0 {
        writePending()
        return .written
      }
      if polled[0].revents != 0 {
        shared.takeWakes()
        // A program that could not be started never writes.
        if case .failure? = shared.state.withLock({ $0.end }) { return .outputEnded }
        return .woken
      }
    }
  }

  private func readOutput() -> Event? {
    let count = read(output, &buffer, buffer.count)
    if count > 0 { return .output(Array(buffer[..<count])) }
    if count < 0, errno == EAGAIN || errno == EINTR { return nil }
    return .outputEnded
  }

  private func readErrors() {
    let count = read(errors, &buffer, buffer.count)
    if count > 0 {
      onErrors(Array(buffer[..<count]))
    } else if count == 0 || errno != EAGAIN && errno != EINTR {
      close(errors)
      errors = -1
    }
  }

  private func writePending() {
    let count = pending.withUnsafeBytes { bytes in
      write(input, bytes.baseAddress.map { $0 + written }, bytes.count - written)
    }
    if count > 0 {
      written += count
      if written == pending.count { (pending, written) = ([], 0) }
    } else if count < 0, errno != EAGAIN, errno != EINTR {
      // It reads no more; why is seen by what it writes, or by its end.
      closeInput()
    }
  }

  /// How the program ended, in words for a sentence; nil when it goes on after `limit`.
  func end(within limit: Duration) -> Ending? {
    guard shared.hasEnded.wait(timeout: .now() + .milliseconds(limit.milliseconds)) == .success
    else { return nil }
    shared.hasEnded.signal()
    if errors >= 0 {
      while hasErrors { readErrors() }
    }
    switch shared.state.withLock({ $0.end }) {
    case .success(.exited(0)): return .well
    case .success(.exited(let code)): return .badly("exit code \(code)")
    case .success(.signaled(let signal)): return .badly("signal \(signal)")
    case .failure(let error): return .notStarted("\(error)")
    case nil: return nil
    }
  }

  enum Ending {
    case well
    case badly(String)
    case notStarted(String)
  }

  private var hasErrors: Bool {
    guard errors >= 0 else { return false }
    var polled = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&polled, 1, 0) > 0
  }

  /// Ends the program: its stdin ends, then it is asked to by a signal, then it is made to.
  /// Whether no signal was needed.
  @discardableResult func stop(after patience: Duration) -> Bool {
    closeInput()
    if end(within: patience) != nil { return true }
    signal(SIGTERM)
    if end(within: .milliseconds(300)) != nil { return false }
    kill()
    return false
  }

  private func kill() {
    signal(SIGKILL)
    closeInput()
    for descriptor in [output, errors] where descriptor >= 0 { close(descriptor) }
    (output, errors) = (-1, -1)
  }

  private func signal(_ number: Int32) {
    // Its number is its own as long as its end was not taken note of.
    shared.state.withLock { state in
      guard let process = state.process else { return }
      _ = Glibc.kill(getpgid(process) == process ? -process : process, number)
    }
  }
}

extension Int32 {
  fileprivate func makeNonblocking() { _ = fcntl(self, F_SETFL, fcntl(self, F_GETFL) | O_NONBLOCK) }
}

extension Duration {
  var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
