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

  @Test(arguments: ["", " blank first", "\ttab first", "last"])
  func `leaves out what is not to be kept`(command: String) {
    var walk = HistoryWalk(commands: ["first", "last"])
    let kept = walk.add(command, limit: 10)
    #expect(!kept)
    #expect(walk.commands == ["first", "last"])
  }

  @Test func `forgets the oldest beyond the limit`() {
    var walk = HistoryWalk(commands: ["one", "two"])
    let kept = walk.add("three", limit: 2)
    #expect(kept)
    #expect(walk.commands == ["two", "three"])
  }

  @Test func `suggests the rest of the newest command that begins so`() {
    let walk = HistoryWalk(commands: ["create old", "create new", "cre"])
    #expect(walk.suggestion(for: "cre") == "ate new")
    #expect(walk.suggestion(for: "") == nil)
    #expect(walk.suggestion(for: "x") == nil)
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
