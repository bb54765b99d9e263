import SnapLanguage

/// The text format of Prometheus ("Exposition formats"): a gauge for each column of numbers, with the
/// columns of words and ids as labels.
///
/// A metric is named for its column and its unit: `snapsh_age_seconds`, `snapsh_size_bytes`. All rows
/// are awaited, since the samples of one metric stand together.
struct PrometheusRows: RowWriter {
  private var rows: [Record] = []

  mutating func write(_ rows: [Value], to out: TextSink) throws {
    for row in rows {
      guard let record = row.recordValue else { throw EncodeError.noMetrics(type: row.typeName) }
      self.rows.append(record)
    }
  }

  mutating func finish(to out: TextSink) throws {
    var metrics: [(name: String, samples: [String])] = []
    var places: [String: Int] = [:]
    var seen: Set<String> = []
    for record in rows {
      let labels = Self.labels(record)
      guard seen.insert(labels).inserted else { throw EncodeError.sameLabels(labels) }
      for (column, value) in record.fields where !Self.isLabel(column, value) {
        guard let (unit, number) = Self.sample(value) else { continue }
        let name = "snapsh_" + Self.identifier(column) + unit
        if places[name] == nil {
          places[name] = metrics.count
          metrics.append((name, []))
        }
        metrics[places[name] ?? 0].samples.append("\(name)\(labels) \(number)\n")
      }
    }
    for (name, samples) in metrics { try out("# TYPE \(name) gauge\n" + samples.joined()) }
  }

  private static func isLabel(_ column: String, _ value: Value) -> Bool {
    column == "id" || column.hasSuffix("_id") || value.stringValue != nil
  }

  private static func labels(_ record: Record) -> String {
    let labels = record.fields.compactMap { column, value -> String? in
      guard isLabel(column, value) else { return nil }
      guard let text = value.stringValue ?? value.intValue.map(String.init) else { return nil }
      return "\(identifier(column))=\"\(quoted(text))\""
    }
    return labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
  }

  /// The unit at the name's end, and the number in base units; nil for what can't be measured.
  private static func sample(_ value: Value) -> (unit: String, number: String)? {
    switch value {
    case .bool(let value): ("", value ? "1" : "0")
    case .int(let value): ("", "\(value)")
    case .float(let value): ("", "\(value)")
    case .size(let bytes): ("_bytes", "\(bytes)")
    case .duration(let microseconds): ("_seconds", seconds(microseconds))
    case .datetime(let microseconds): ("_timestamp_seconds", seconds(microseconds))
    case .null, .string, .list, .record, .block: nil
    }
  }

  private static func seconds(_ microseconds: Int) -> String {
    let second = Timestamp.microsecondsPerSecond
    return microseconds % second == 0
      ? "\(microseconds / second)" : "\(Double(microseconds) / Double(second))"
  }

  /// Letters, digits and `_`, which alone names may have.
  private static func identifier(_ column: String) -> String {
    let name = String(
      column.unicodeScalars.map { scalar -> Character in
        let isLetter = scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_")
        let isDigit = ("0"..."9").contains(scalar)
        return isLetter || isDigit ? Character(scalar) : "_"
      })
    return name.first?.isNumber == true ? "_" + name : name
  }

  private static func quoted(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": quoted += "\\\\"
      case "\"": quoted += "\\\""
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted
  }
}
