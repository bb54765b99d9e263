import SnapLanguage

/// Columns put beside each other: a name that is taken gets `_2` after it, or the next number that
/// is free.
struct ColumnNames {
  private(set) var names: [String]
  private var known: Set<String>

  init(_ names: [String], reserved: [String] = []) {
    self.names = names
    known = Set(names).union(reserved)
  }

  mutating func append(_ name: String) {
    var free = name
    var number = 2
    while !known.insert(free).inserted {
      free = "\(name)_\(number)"
      number += 1
    }
    names.append(free)
  }
}
