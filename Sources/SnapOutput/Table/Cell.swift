import OrderedJSON
import SnapLanguage

/// One value in a table, ready for a terminal.
struct Cell {
  var text: String
  var width: Int
  var tone: Tone
  var isNumber: Bool
  /// Whether it would say another thing when it is cut.
  var isWhole: Bool

  init(_ text: String, tone: Tone = .plain, isNumber: Bool = false, isWhole: Bool = false) {
    self.text = TerminalText.escaped(text)
    width = TerminalText.width(self.text)
    self.tone = tone
    self.isNumber = isNumber
    self.isWhole = isNumber || isWhole
  }

  /// What stands for null and for a field that the row lacks.
  static let none = Cell("-", tone: .faint)

  init(_ row: Value, column: Column, now: Int) {
    guard let record = row.recordValue else {
      self = column.fields == ["value"] ? Cell(row) : .none
      return
    }
    var field = ""
    var value: Value?
    for name in column.fields where value == nil {
      guard let found = record[name], !found.isNull else { continue }
      (field, value) = (name, found)
    }
    switch (column.content, value.map(column.form.read)) {
    case (.state, _): self = record.isInProgress ? Cell(state: record) : .none
    case (_, nil): self = .none
    case (.age, .datetime(let time)?):
      self = Cell(Age.text(of: time, now: now), tone: Age.tone(of: time, now: now))
    case (.slice, let value?) where record.isSliceDeleted:
      self = Cell("(deleted) " + value.words, tone: .faint)
    case (.words, .list(let items)?): self = Cell(items.map(\.words).joined(separator: ", "))
    case (_, let value?):
      self = Cell(value)
      tone = Tone(field: field, text: text, of: record)
    }
  }

  init(_ value: Value) {
    switch value {
    case .null: self = .none
    case .int, .float, .size, .duration: self.init(value.words, isNumber: true)
    // To the second.
    case .datetime(let time):
      let second = Timestamp.seconds(time) * Timestamp.microsecondsPerSecond
      self.init(Timestamp.text(second), isWhole: true)
    default: self.init(value.words)
    }
  }

  private init(state record: Record) {
    let operation = record["in_progress"]?.stringValue ?? "running"
    var text = operation
    switch record["progress"] {
    case .int(let percent): text += " \(percent)%"
    case .float(let percent): text += " \(Int(exactly: percent.rounded()) ?? 0)%"
    case .string(let percent) where !percent.isEmpty:
      text += " \(percent)\(percent.hasSuffix("%") ? "" : "%")"
    default: break
    }
    self.init(text, tone: .running)
  }
}

extension Value {
  /// The value as people read it: `21 GB`, `43s`, `2026-08-01T10:20:30Z`; lists and records as JSON.
  var words: String {
    switch self {
    case .null: "-"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .float(let value): "\(value)"
    case .string(let value): value
    case .size(let bytes): Value.spaced(Units.sizeText(bytes))
    case .duration(let value): Units.durationText(value)
    case .datetime(let value): Timestamp.text(value)
    case .block: "{…}"
    case .list(let items): "[" + items.map(\.nestedWords).joined(separator: ",") + "]"
    case .record(let record):
      "{"
        + zip(record.names, record.wireValues).map {
          JSON.string($0).text() + ":" + $1.nestedWords
        }.joined(separator: ",") + "}"
    }
  }

  private var nestedWords: String {
    switch self {
    case .null: "null"
    case .string(let text): JSON.string(text).text()
    default: words
    }
  }

  private static func spaced(_ quantity: String) -> String {
    let number = quantity.prefix { !$0.isLetter }
    return number + " " + quantity[number.endIndex...]
  }
}
