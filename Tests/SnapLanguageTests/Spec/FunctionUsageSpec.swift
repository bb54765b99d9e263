import Testing

/// The list of functions that the documents and `help functions` show.
struct FunctionUsageSpec {
  static let usages: [(usage: String, counts: ClosedRange<Int>)] = [
    ("abs(number)", 1...1),
    ("ago(duration)", 1...1),
    ("contains(text or list, part)", 2...2),
    ("date(text)", 1...1),
    ("default(value, other)", 2...2),
    ("ends-with(text, part)", 2...2),
    ("env(name, other?)", 1...2),
    ("keys(record)", 1...1),
    ("len(text, list or record)", 1...1),
    ("lower(text)", 1...1),
    ("max(a, b, …) or max(list)", 1...4),
    ("min(a, b, …) or min(list)", 1...4),
    ("now()", 0...0),
    ("range(first, last)", 2...2),
    ("replace(text, old, new)", 3...3),
    ("round(number, places?)", 1...2),
    ("split(text, separator)", 2...2),
    ("starts-with(text, part)", 2...2),
    ("trim(text)", 1...1),
    ("type(value)", 1...1),
    ("upper(text)", 1...1),
  ]

  @Test(arguments: usages)
  func `a function takes as many arguments as its usage has, which the error shows`(
    usage: String, counts: ClosedRange<Int>
  ) {
    let name = usage.prefix { $0 != "(" }
    for count in 0...4 {
      let arguments = Array(repeating: "$x", count: count).joined(separator: ", ")
      let found = errors("for x in [null] { print $x (\(name)(\(arguments))) }")
      #expect(found.isEmpty == counts.contains(count), "\(count): \(found)")
      #expect(found.allSatisfy { $0.hasSuffix(" (\(usage))") }, "\(count): \(found)")
    }
  }
}
