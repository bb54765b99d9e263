package import SnapLanguage

/// `group-by`: rows gathered by a column.
package struct GroupBy: Callable {
  package let signature = Signature(
    "group-by", group: .rows, about: "Gather rows by a column",
    details:
      "Gives a row for each value, with the value under the column's name and the list `rows`.",
    parameters: [Parameter("column", .column)],
    input: .required, effect: .pure,
    examples: [
      Signature.Example(
        "ls | group-by vmname | each { {slice: $it.vmname, count: len($it.rows)} }",
        "the number of each slice's")
    ])

  package func run(_ call: Call) throws -> Outcome {
    let column = call["column"]?.stringValue ?? ""
    var groups: [(key: Value, rows: [Value])] = []
    var positions: [GroupKey: Int] = [:]
    for row in try call.rows.collect() {
      let key = try RowColumns.value(column, of: row)
      if let position = positions[GroupKey(value: key)] {
        groups[position].rows.append(row)
      } else {
        positions[GroupKey(value: key)] = groups.count
        groups.append((key, [row]))
      }
    }
    let shape = column == "rows" ? Shape(["rows"]) : Shape([column, "rows"])
    return .rows(
      RowStream(
        groups.map { group in
          .record(
            Record(
              shape: shape,
              wireValues: column == "rows" ? [.list(group.rows)] : [group.key, .list(group.rows)]))
        }))
  }
}

/// A value as a key: equal where the language's `==` says so.
private struct GroupKey: Hashable {
  let value: Value

  static func == (a: Self, b: Self) -> Bool { Value.areEqual(a.value, b.value) }

  func hash(into hasher: inout Hasher) {
    switch value {
    case .int(let value): hasher.combine(Double(value))
    case .float(let value): hasher.combine(value)
    case .string(let text): hasher.combine(text)
    case .size(let amount), .duration(let amount), .datetime(let amount): hasher.combine(amount)
    case .bool(let value): hasher.combine(value)
    case .list(let items): hasher.combine(items.count)
    case .record(let record): hasher.combine(record.names.count)
    case .null, .block: break
    }
  }
}
