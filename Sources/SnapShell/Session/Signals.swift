import CEditline
import Glibc
import Synchronization

/// Signals that reach the program, handled on a thread of their own.
///
/// The handler only writes a byte to a pipe; a child that is started gets the default actions.
enum Signals {
  private static let handlers = Mutex<[Int32: @Sendable () -> Void]>([:])
  private static let pipe: Int32 = start()

  /// Runs `handler` for each SIGINT.
  static func onInterrupt(_ handler: @escaping @Sendable () -> Void) { on(SIGINT, handler) }

  /// Runs `handler` when the program is told to end.
  static func onStop(_ handler: @escaping @Sendable () -> Void) {
    for signal in [SIGINT, SIGTERM, SIGHUP] { on(signal, handler) }
  }

  static func on(_ signal: Int32, _ handler: @escaping @Sendable () -> Void) {
    handlers.withLock { $0[signal] = handler }
    _ = ced_relay_signal(signal, pipe)
  }

  /// The end of the pipe that handlers write to.
  private static func start() -> Int32 {
    var ends: [Int32] = [0, 0]
    guard ced_pipe(&ends) == 0 else { return -1 }
    let context = UnsafeMutableRawPointer(bitPattern: Int(ends[0]))
    return ced_start_thread({ Signals.relay(from: Int32(Int(bitPattern: $0))) }, context) == 0
      ? ends[1] : -1
  }

  /// Calls the handlers of the signals whose numbers come through the pipe.
  private static func relay(from source: Int32) {
    var byte: UInt8 = 0
    while true {
      // Neither end of the pipe ever waits.
      var waiting = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, -1) > 0, read(source, &byte, 1) == 1 else { continue }
      handlers.withLock { $0[Int32(byte)] }?()
    }
  }
}
