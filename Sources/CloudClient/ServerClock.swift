import Synchronization

/// The server's clock, read off the `Date` headers of its answers.
final class ServerClock: Sendable {
  private struct Reading {
    let date: HTTPDate
    let at: Duration
  }
  private let last = Mutex<Reading?>(nil)
  private let time: TimeSource

  init(time: TimeSource) { self.time = time }

  func note(_ date: HTTPDate) {
    let reading = Reading(date: date, at: time.now())
    last.withLock { $0 = reading }
  }

  var now: HTTPDate? {
    guard let reading = last.withLock({ $0 }) else { return nil }
    let passed = (time.now() - reading.at).components.seconds
    return HTTPDate(secondsSince1970: reading.date.secondsSince1970 + Int(passed))
  }
}
