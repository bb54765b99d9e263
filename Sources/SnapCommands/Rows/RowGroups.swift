import SnapLanguage

/// Rows by the values of a column, which are handed out group by group.
final class RowGroups {
  private var column: RowColumn
  /// In the order of their first rows.
  private(set) var keys: [Value] = []
  private var numbers: [RowKey: Int] = [:]
  private var known = ByteTable()
  private var rows: [Value] = []
  /// The group of each row.
  private var groups: [Int32] = []

  init(by column: RowColumn) { self.column = column }

  func add(_ row: Value) throws {
    let found = column.withBytes(of: row) { known.number(of: $0) } ?? nil
    let number = try found ?? self.number(of: row)
    if found == nil { column.withBytes(of: row) { known.add($0, number) } }
    groups.append(Int32(number))
    rows.append(row)
  }

  private func number(of row: Value) throws -> Int {
    let key = RowKey(try column.value(of: row))
    if let number = numbers[key] { return number }
    numbers[key] = keys.count
    keys.append(key.value)
    return keys.count - 1
  }

  /// The rows, a group at a time; `body` makes a row of each. They stay here to the end: given back one
  /// after the other, memory is sooner tidy than group by group.
  func stream(_ body: @escaping (_ key: Value, _ rows: [Value]) -> Value) -> RowStream {
    var ends = [Int](repeating: 0, count: keys.count)
    for group in groups { ends[Int(group)] += 1 }
    for index in ends.indices.dropFirst() { ends[index] += ends[index - 1] }
    // The places of each group's rows, one group after the other.
    var next = [0] + ends.dropLast()
    var places = [Int32](repeating: 0, count: groups.count)
    for (place, group) in groups.enumerated() {
      places[next[Int(group)]] = Int32(place)
      next[Int(group)] += 1
    }
    var group = 0
    return RowStream { [self] in
      guard group < keys.count else { return nil }
      let end = min(group + 64, keys.count)
      defer { group = end }
      return (group..<end).map { group in
        let start = group == 0 ? 0 : ends[group - 1]
        return body(keys[group], places[start..<ends[group]].map { rows[Int($0)] })
      }
    }
  }
}
