import SnapLanguage

/// The words that the parser takes for keywords, in a text that has them all.
enum Keywords {
  static var all: Set<String> {
    let source = SourceText(
      name: "<all>",
      text: """
        use "x" as y
        let a = 1; var b: int = 2
        if not true and false or null in [1] { ls } else if 1 not in [2] { ls } else { ls }
        while true { break; continue }
        for i in [1] { ls }
        fn f() { return 1 }
        try { throw "x" } catch e { ls } finally { ls }
        """)
    return Parser.parse(source).marks.filter { $0.kind == .keyword }.reduce(into: []) {
      $0.formUnion(source.text($1.range).split(separator: " ").map(String.init))
    }
  }
}
