/// "Did you mean": the nearest of the words that exist.
package enum Suggestions {
  package static let most = 3
  /// A longer word is no slip of the finger.
  private static let longest = 64

  /// At most three of `words`, nearest first; none that differs in more than a third.
  package static func near(_ word: String, among words: some Sequence<String>) -> [String] {
    guard !word.isEmpty, word.utf8.count <= longest else { return [] }
    let limit = max(1, word.count / 3 + (word.count > 3 ? 1 : 0))
    let ranked = Set(words).compactMap { candidate -> (word: String, distance: Int)? in
      if candidate.hasPrefix(word), word.count > 1 { return (candidate, 0) }
      let distance = distance(Array(word.lowercased()), Array(candidate.lowercased()))
      return distance <= limit && distance < candidate.count ? (candidate, distance) : nil
    }
    return ranked.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.prefix(most).map(
      \.word)
  }

  package static func help(
    for word: String, among words: some Sequence<String>, prefix: String = ""
  ) -> String? {
    let near = near(word, among: words).map { "'\(prefix)\($0)'" }
    return near.isEmpty ? nil : "did you mean \(near.joined(separator: " or "))?"
  }

  /// The number of insertions, deletions, changes and swaps of neighbours between two words
  /// (Damerau and Levenshtein, optimal string alignment).
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var row = Array(0...b.count)
    for i in 1...a.count {
      var next = [i]
      for j in 1...b.count {
        var cost = min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          cost = min(cost, before[j - 2] + 1)
        }
        next.append(cost)
      }
      (before, row) = (row, next)
    }
    return row[b.count]
  }
}
