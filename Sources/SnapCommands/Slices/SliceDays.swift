package import CloudAPI
package import Retention
import SnapLanguage

/// What a slice's snapshots come to on each day of a calendar.
package struct SliceDays: Sendable {
  package let slice: SliceID
  /// The slice's name, or its id when there is none.
  package let label: String
  /// When its newest complete snapshot was made, in microseconds since 1970.
  package let newest: Int?
  /// One for each day, the oldest first.
  package let days: [Day]

  package struct Day: Sendable, Equatable {
    /// Complete snapshots that were made on it.
    package internal(set) var snapshots = 0
    /// Snapshots that were made on it and are not complete, though nothing runs on them.
    package internal(set) var incomplete = 0
    /// What the complete snapshots that are still there took at its end, in gigabytes.
    package internal(set) var gigabytes = 0
  }

  /// The slices that are not gone, those first that have gone without a complete snapshot for longest.
  ///
  /// The days are days since 1970-01-01, and `now` is microseconds since 1970; what is made later is left out.
  static func all(
    _ slices: [SliceSnapshots], days: ClosedRange<Int>, zone: Zone, now: Int
  ) -> [SliceDays] {
    slices.filter { !$0.isDeleted }.map { SliceDays($0, days, zone, now) }
      .sorted { one, other in
        let (mine, others) = (one.newest ?? .min, other.newest ?? .min)
        return mine == others ? one.label < other.label : mine < others
      }
  }

  private init(_ slice: SliceSnapshots, _ calendar: ClosedRange<Int>, _ zone: Zone, _ now: Int) {
    var days = [Day](repeating: Day(), count: calendar.count)
    var newest: Int?
    for row in slice.rows where !row.isInProgress {
      guard let time = row.createdTime, time <= now else { continue }
      let index = zone.day(of: time) - calendar.lowerBound
      guard row.isComplete else {
        if days.indices.contains(index) { days[index].incomplete += 1 }
        continue
      }
      newest = max(newest ?? time, time)
      if days.indices.contains(index) { days[index].snapshots += 1 }
      for later in max(0, index)..<max(max(0, index), days.count) {
        days[later].gigabytes += row.gigabytes ?? 0
      }
    }
    (self.slice, label, self.newest, self.days) = (slice.id, slice.label, newest, days)
  }
}

extension CloudSession {
  /// The days of the slices that `label` names, by id or name, or that have `query` in their names.
  ///
  /// - Throws: `Failure`, also when there is no such slice.
  package func sliceDays(
    slice: String?, query: String?, days: ClosedRange<Int>, zone: Zone, now: Int
  ) async throws -> [SliceDays] {
    let slices = SliceSnapshots.grouped(try await list(query: nil), known: try await knownSlices())
    let chosen = slices.filter { one in
      (slice.map { one.label == $0 || "\(one.id)" == $0 } ?? true)
        && (query.map { one.label.lowercased().contains($0.lowercased()) } ?? true)
    }
    if let slice, chosen.isEmpty {
      throw Failure(
        .notfound, "there is no slice '\(slice)'",
        help: Suggestions.help(for: slice, among: slices.map(\.label)) ?? "'slices' lists them")
    }
    return SliceDays.all(chosen, days: days, zone: zone, now: now)
  }
}
