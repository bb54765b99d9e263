/// Sizes and durations as text.
package enum Units {
  /// Bytes in a unit: powers of 1000, and of 1024 with an `i`.
  package static let sizes: [(unit: String, bytes: Int)] = [
    ("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
    ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
  ]

  /// Microseconds in a unit.
  package static let durations: [(unit: String, microseconds: Int)] = [
    ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000), ("h", 3_600_000_000),
    ("d", 86_400_000_000), ("w", 604_800_000_000),
  ]

  /// Bytes of `20GB` or `1.5MiB`; nil for other text.
  package static func size(_ text: String) -> Int? {
    quantity(text) { unit in
      sizes.first { $0.unit == unit }?.bytes
    }
  }

  /// Microseconds of `30d`, `43s` or `1.5h`; nil for other text.
  package static func duration(_ text: String) -> Int? {
    quantity(text) { unit in
      durations.first { $0.unit == unit }?.microseconds
    }
  }

  private static func quantity(_ text: String, unit factor: (Substring) -> Int?) -> Int? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    guard let last = number.last, last.isNumber, let factor = factor(text[number.endIndex...])
    else {
      return nil
    }
    if let count = Int(number) {
      let (product, overflow) = count.multipliedReportingOverflow(by: factor)
      return overflow ? nil : product
    }
    guard let count = Double(number) else { return nil }
    return Int(exactly: (count * Double(factor)).rounded())
  }

  /// `21GB`, `1.5MB`, `512MiB`: exact where a unit fits, else about three digits of the largest.
  package static func sizeText(_ bytes: Int) -> String {
    let magnitude = bytes.magnitude
    guard let decimal = sizes[1...4].last(where: { magnitude >= $0.bytes }) else {
      return "\(bytes)B"
    }
    if bytes % decimal.bytes == 0 { return "\(bytes / decimal.bytes)\(decimal.unit)" }
    if let binary = sizes[5...].last(where: { magnitude >= $0.bytes && bytes % $0.bytes == 0 }) {
      return "\(bytes / binary.bytes)\(binary.unit)"
    }
    return rounded(bytes, sizes[1...4].map { ($0.unit, $0.bytes) })
  }

  /// `43s`, `2h`, `1.5d`: exact where a unit fits, else three digits of the largest unit.
  package static func durationText(_ microseconds: Int) -> String {
    let magnitude = microseconds.magnitude
    guard magnitude >= durations[0].microseconds else {
      return microseconds == 0 ? "0s" : "\(Double(microseconds) / 1000)ms"
    }
    let exact = durations.last {
      magnitude >= $0.microseconds && microseconds % $0.microseconds == 0
    }
    if let exact, microseconds / exact.microseconds < 1000 {
      return "\(microseconds / exact.microseconds)\(exact.unit)"
    }
    return rounded(microseconds, durations.map { ($0.unit, $0.microseconds) })
  }

  /// `amount`, which is at least one of the first unit, in the largest unit that it reaches, also
  /// by being rounded: 999.99 GB is 1TB.
  private static func rounded(_ amount: Int, _ units: [(name: String, amount: Int)]) -> String {
    var index = units.lastIndex { amount.magnitude >= $0.amount } ?? 0
    var number = threeDigits(Double(amount) / Double(units[index].amount))
    if index + 1 < units.count,
      number.magnitude * Double(units[index].amount) >= Double(units[index + 1].amount)
    {
      index += 1
      number = threeDigits(Double(amount) / Double(units[index].amount))
    }
    let digits = number == number.rounded() ? String(Int(number)) : String(number)
    return digits + units[index].name
  }

  private static func threeDigits(_ number: Double) -> Double {
    let places: Double = number.magnitude >= 100 ? 1 : number.magnitude >= 10 ? 10 : 100
    return (number * places).rounded() / places
  }
}
