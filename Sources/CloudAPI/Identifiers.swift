/// The number by which the API knows a virtual machine ("slice").
package struct SliceID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }
  package init(_ rawValue: Int) { self.rawValue = rawValue }
  package var description: String { String(rawValue) }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The number by which the API knows a snapshot.
package struct SnapshotID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible
{
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }
  package init(_ rawValue: Int) { self.rawValue = rawValue }
  package var description: String { String(rawValue) }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
