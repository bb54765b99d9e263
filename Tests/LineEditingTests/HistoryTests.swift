import Testing

@testable import LineEditing

@Suite struct `Walking the history` {
  private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

  @Test func `ends at its oldest command and comes back to the draft`() {
    var walk = HistoryWalk(commands: ["one", "two"])
    var seen: [[Unicode.Scalar]?] = []
    for (steps, text) in [(-1, "draft"), (1, "draft"), (1, "two"), (1, "one"), (-2, "changed")] {
      seen.append(walk.move(steps, from: scalars(text)))
    }
    #expect(seen == [nil, scalars("two"), scalars("one"), nil, scalars("draft")])
  }

  @Test func `by prefix stops only at longer commands that begin so`() {
    var walk = HistoryWalk(commands: ["create old", "list", "create new", "create"])
    var seen: [[Unicode.Scalar]?] = []
    for (step, text) in [(1, "create"), (1, "create new"), (1, "create old"), (-1, "create old")] {
      seen.append(walk.move(step, from: scalars(text), byPrefix: true))
    }
    #expect(seen == [scalars("create new"), scalars("create old"), nil, scalars("create new")])
    #expect(walk.move(-1, from: scalars("create new"), byPrefix: true) == scalars("create"))
  }

  @Test func `by prefix begins anew at a text that was changed`() {
    var walk = HistoryWalk(commands: ["list a", "create", "list b"])
    #expect(walk.move(1, from: [], byPrefix: true) == scalars("list b"))
    #expect(walk.move(1, from: scalars("list "), byPrefix: true) == scalars("list b"))
    #expect(walk.move(1, from: scalars("list b"), byPrefix: true) == scalars("list a"))
    #expect(walk.move(-1, from: scalars("list a"), byPrefix: true) == scalars("list b"))
    #expect(walk.move(-1, from: scalars("list b"), byPrefix: true) == scalars("list "))
  }
}

@Suite struct `Searching the history` {
  private func search(_ pattern: String, in commands: [String]) -> HistorySearch {
    var search = HistorySearch(commands: commands)
    for scalar in pattern.unicodeScalars { search.append(scalar) }
    return search
  }

  @Test func `finds the newest first, then older ones`() {
    var search = search("l", in: ["list", "x", "all", "none"])
    #expect(search.match == .init(index: 2, range: 1..<2))
    search.older()
    #expect(search.match == .init(index: 0, range: 0..<1))
    search.older()
    #expect(search.failing)
    #expect(search.match?.index == 0)
    search.newer()
    #expect(search.match?.index == 2)
    #expect(!search.failing)
  }

  @Test func `a capital in the pattern makes it exact`() {
    #expect(search("alp", in: ["ALPHA"]).match?.index == 0)
    #expect(search("Alp", in: ["ALPHA"]).failing)
    #expect(search("é", in: ["xÉ"]).match?.range == 1..<2)
  }

  @Test func `a shorter pattern searches anew`() {
    var search = search("lx", in: ["list", "lx", "all"])
    #expect(search.match?.index == 1)
    search.removeLast()
    #expect(search.match?.index == 2)
    search.removeLast()
    search.removeLast()
    #expect(search.match == nil && !search.failing)
  }

  @Test func `the same command again is passed over`() {
    var search = search("a", in: ["old a", "a", "a", "a"])
    search.older()
    #expect(search.match?.index == 0)
  }

  @Test func `an empty history fails`() {
    #expect(search("a", in: []).failing)
  }
}
