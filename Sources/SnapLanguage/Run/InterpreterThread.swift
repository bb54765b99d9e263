import Glibc
import Synchronization

/// Threads for running scripts: the interpreter blocks and recurses, which a thread of the
/// cooperative pool must not.
package enum InterpreterThread {
  /// Enough for `Frame.deepestCall` nested calls of functions.
  static let stackSize = 512 << 20

  /// Runs `body` on a new thread and gives what it gave.
  package static func run<Success: Sendable>(
    _ body: @escaping @Sendable () -> Success
  ) async -> Success {
    await withCheckedContinuation { continuation in
      // Without a thread there is nothing better than this one.
      if !start({ continuation.resume(returning: body()) }) {
        continuation.resume(returning: body())
      }
    }
  }

  /// Starts `body` on a new thread; the caller sees to it that somebody awaits its end. False when
  /// the system has no thread left.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(Start(body)).toOpaque()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, argument)
    pthread_attr_destroy(&attributes)
    if status != 0 { Unmanaged<Start>.fromOpaque(argument).release() }
    return status == 0
  }
}

private final class Start: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
