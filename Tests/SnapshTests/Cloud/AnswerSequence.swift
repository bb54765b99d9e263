import Synchronization

/// Answers that are given one after the other, and then no more.
final class AnswerSequence: Sendable {
  private let rest: Mutex<[ScriptedCloud.Answer]>

  init(_ answers: [ScriptedCloud.Answer]) { rest = Mutex(answers.reversed()) }

  func next() -> ScriptedCloud.Answer? { rest.withLock { $0.popLast() } }
}
