/// One piece of long work, as far as it is known. Times are microseconds since 1970.
package struct OperationProgress: Sendable, Equatable {
  package enum State: Sendable, Equatable { case waiting, running, done, failed }

  package var verb: String
  /// The snapshot's name, or its id.
  package var name: String
  package var slice: String
  package var state: State
  /// What the cloud tells, 0...100.
  package var percent: Int?
  /// Nil before it runs.
  package var started: Int?
  /// Microseconds that work of its kind took before.
  package var expected: Int?

  package init(
    verb: String, name: String, slice: String, state: State = .waiting, percent: Int? = nil,
    started: Int? = nil, expected: Int? = nil
  ) {
    self.verb = verb
    self.name = name
    self.slice = slice
    self.state = state
    self.percent = percent
    self.started = started
    self.expected = expected
  }

  package var isOver: Bool { state == .done || state == .failed }

  /// Microseconds since it began.
  func elapsed(at now: Int) -> Int { started.map { max(0, now - $0) } ?? 0 }

  /// Microseconds to its end: by how long such work took before, and what is left of that by the cloud's
  /// percentage or by the time, whichever is less, since it may have begun before it was looked at; else
  /// by its percentage; nil when nothing tells.
  func remaining(at now: Int) -> Int? {
    let elapsed = elapsed(at: now)
    let rest = percent.map { 100 - max(0, min(100, $0)) }
    if let expected, expected > elapsed {
      return min(expected - elapsed, rest.map { expected / 100 * $0 } ?? .max)
    }
    guard state == .running, let percent, let rest, percent > 0 else { return nil }
    return elapsed / percent * rest
  }

  /// What a bar shows: the cloud's percentage, else the share of the expected time; never 100.
  func share(at now: Int) -> Int? {
    if let percent { return max(0, min(99, percent)) }
    guard state == .running, let expected, expected > 0 else { return nil }
    return min(99, elapsed(at: now) * 100 / expected)
  }
}
