import CEditline
import Glibc

/// Ends a wait in poll(2) from another thread or from a signal handler: one byte a note.
final class WakePipe: Sendable {
  let readEnd: Int32
  private let writeEnd: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard ced_pipe(&ends) == 0 else { return nil }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// A full pipe drops the note: the reader is awake anyway.
  func wake() {
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes all notes: the numbers of relayed signals.
  func drain() -> Set<Int32> {
    var signals: Set<Int32> = []
    var bytes = [UInt8](repeating: 0, count: 64)
    while true {
      let count = read(readEnd, &bytes, bytes.count)
      if count <= 0 { return signals }
      for byte in bytes[..<count] where byte != 0 { signals.insert(Int32(byte)) }
    }
  }

  /// From now on the signal's number comes as a note, in place of what it did before.
  func relay(_ signals: [Int32]) {
    for signal in signals { ced_relay_signal(signal, writeEnd) }
  }

  func stopRelay(_ signals: [Int32]) {
    for signal in signals { ced_stop_relay(signal) }
  }
}
