/// The number by which the API knows a virtual machine ("slice").
package struct SliceID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }
  package init(_ rawValue: Int) { self.rawValue = rawValue }
  package var description: String { String(rawValue) }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The number by which the API knows a snapshot; of one that is only planned, the negative number of
/// the operation that makes it.
package struct SnapshotID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible
{
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }
  package init(_ rawValue: Int) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// The snapshot that operation `number` of a plan makes.
  package init(plannedBy number: Int) { rawValue = -number }

  /// `new-3`, the name of a snapshot that does not exist yet.
  package init?(handle: some StringProtocol) {
    guard handle.hasPrefix(Self.prefix), let number = Int(handle.dropFirst(Self.prefix.count)),
      number > 0
    else { return nil }
    self.init(plannedBy: number)
  }

  private static let prefix = "new-"

  /// The operation that makes it; nil for one that the cloud knows.
  package var plannedBy: Int? { rawValue < 0 ? -rawValue : nil }

  /// The number, or `new-3`.
  package var description: String { plannedBy.map { Self.prefix + "\($0)" } ?? "\(rawValue)" }
}
