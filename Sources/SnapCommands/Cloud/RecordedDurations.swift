package import CloudAPI
import OrderedJSON
import SnapLanguage
package import SnapRun

/// How long the snapshots of a list took, as the cloud has recorded it, to tell how long others will.
package struct RecordedDurations: Sendable {
  private struct Sample {
    /// As the API writes it, which sorts by time.
    let created: String
    let duration: Int
    let gigabytes: Int?
  }

  /// The newest of each, at most `most`.
  private var bySlice: [SliceID: [Sample]] = [:]
  private var byRegion: [String: [Sample]] = [:]
  private var all: [Sample] = []
  private static let most = 5

  package init() {}

  package init(_ rows: [SnapshotRow]) { note(rows) }

  mutating func note(_ rows: [SnapshotRow]) {
    for row in rows where !row.isInProgress {
      guard let text = row.fields[SnapshotRow.Field.duration]?.stringValue,
        let duration = Units.duration(text), duration > 0, let created = row.created
      else { continue }
      let sample = Sample(created: created, duration: duration, gigabytes: row.gigabytes)
      if let slice = row.slice { Self.keep(sample, in: &bySlice[slice, default: []]) }
      if let region = row.region { Self.keep(sample, in: &byRegion[region, default: []]) }
      Self.keep(sample, in: &all)
    }
  }

  private static func keep(_ sample: Sample, in samples: inout [Sample]) {
    guard samples.count < most else {
      let oldest = samples.indices.min { samples[$0].created < samples[$1].created }
      if let oldest, samples[oldest].created < sample.created { samples[oldest] = sample }
      return
    }
    samples.append(sample)
  }

  /// Microseconds that work on a snapshot of the slice will take: the median of its last ones, else
  /// of the region's, else of all; scaled by the size where both sizes are known.
  package func expected(slice: SliceID?, region: String?, gigabytes: Int?) -> Int? {
    let samples = slice.flatMap { bySlice[$0] } ?? region.flatMap { byRegion[$0] } ?? all
    let durations = samples.map { sample in
      guard let size = gigabytes, size > 0, let other = sample.gigabytes, other > 0 else {
        return sample.duration
      }
      return Int(Double(sample.duration) / Double(other) * Double(size))
    }.sorted()
    return durations.isEmpty ? nil : durations[durations.count / 2]
  }

  /// Microseconds that a creation or a restore will take; nil for what ends at once.
  package func expected(_ step: Step) -> Int? {
    guard step.verb == .create || step.verb == .restore else { return nil }
    return expected(
      slice: step.snapshot?.slice ?? step.slice, region: step.snapshot?.region,
      gigabytes: step.snapshot?.gigabytes)
  }
}
