/// What came of simulated runs.
package struct Figures: Sendable, CustomStringConvertible {
  private let seed: UInt64
  package internal(set) var operations = 0
  package internal(set) var sends = 0
  package internal(set) var faults = 0
  package internal(set) var kills = 0
  /// Processes that worked on the runs.
  package internal(set) var rounds = 0
  /// Operations about which a person had to decide.
  package internal(set) var unknown = 0
  package internal(set) var unknownRestores = 0
  package internal(set) var doubleRestores = 0
  package internal(set) var wrongDeletions = 0
  /// Said to be accepted, done or gone, and not so.
  package internal(set) var falseEnds = 0
  /// Said to have failed, and done.
  package internal(set) var falseFailures = 0
  package internal(set) var withoutEnd = 0
  /// Made twice, because a first try came late.
  package internal(set) var doubleCreations = 0
  /// Restores that the cloud accepted and never did.
  package internal(set) var forgottenRestores = 0
  /// Refused, and then done because of a copy that something on the way had made.
  package internal(set) var copiesAfterRefusal = 0
  /// What must not be, in words.
  package private(set) var problems: [String] = []

  package init(seed: UInt64 = 0) { self.seed = seed }

  mutating func note(_ words: String, _ count: WritableKeyPath<Figures, Int>) {
    self[keyPath: count] += 1
    problems.append("seed \(seed): \(words)")
  }

  package mutating func add(_ other: Figures) {
    for count in Self.counts { self[keyPath: count.path] += other[keyPath: count.path] }
    problems += other.problems
  }

  private static var counts: [(name: String, path: WritableKeyPath<Figures, Int>)] {
    [
      ("operations", \.operations), ("sends", \.sends), ("faults", \.faults), ("kills", \.kills),
      ("processes", \.rounds), ("unknown", \.unknown), ("unknown restores", \.unknownRestores),
      ("double restores", \.doubleRestores), ("wrong deletions", \.wrongDeletions),
      ("false ends", \.falseEnds), ("false failures", \.falseFailures),
      ("without an end", \.withoutEnd), ("double creations", \.doubleCreations),
      ("restores that the cloud forgot", \.forgottenRestores),
      ("copies after a refusal", \.copiesAfterRefusal),
    ]
  }

  /// A line each, with the share of 1000 operations.
  package var description: String {
    Self.counts.map { name, path in
      let value = self[keyPath: path]
      let share = operations == 0 ? 0 : value * 100_000 / operations
      return
        "\(name): \(value) (\(share / 100).\(share % 100 < 10 ? "0" : "")\(share % 100) of 1000)"
    }.joined(separator: "\n")
  }
}
