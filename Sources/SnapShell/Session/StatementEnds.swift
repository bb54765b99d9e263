import SnapRun

/// How many of a statement's changes have ended in which way: the commands of a loop send theirs one by one.
struct StatementEnds {
  private var counts: [(word: String, count: Int)] = []
  private var commands = 0

  var count: Int { counts.reduce(0) { $0 + $1.count } }

  mutating func note(_ results: [StepResult]) {
    commands += 1
    for result in results {
      // What was not sent is counted by what was written down.
      if case .notStarted = result.outcome { continue }
      add(1, result.outcome.word)
    }
  }

  private mutating func add(_ count: Int, _ word: String) {
    if let index = counts.firstIndex(where: { $0.word == word }) {
      counts[index].count += count
    } else {
      counts.append((word, count))
    }
  }

  /// `3 done, 1 failed, 2 not started`; nil when one command alone has told it.
  func text(notStarted: Int) -> String? {
    guard commands > 1 || commands == 1 && notStarted > 0 else { return nil }
    var ends = self
    if notStarted > 0 { ends.add(notStarted, "not started") }
    return ends.counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
  }
}
