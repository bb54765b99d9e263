import CloudAPI
import CloudClient

/// The slice's own list just before its deletions: what is not what was shown is not deleted.
///
/// The documentation's two samples show one id under different names, so what the slice's list says
/// against a deletion counts only when a fresh read of the whole list says so too.
struct DeletionTargets {
  let client: CloudClient
  private var slice: (id: SliceID, rows: Rows, read: Duration)?
  private var whole: (rows: Rows, read: Duration)?
  private typealias Rows = [SnapshotID: SnapshotRow]

  /// How long what was read counts for the next deletion of the same slice. A deletion that depends on
  /// other snapshots has its own read.
  private static let lifetime = Duration.seconds(1)

  init(client: CloudClient) { self.client = client }

  /// How the deletion ended without being sent; nil when nothing is against it.
  mutating func refusal(of step: Step) async -> StepResult? {
    do throws(CloudError) {
      let now = client.configuration.time.now()
      let oldest = step.keepers.isEmpty ? now - Self.lifetime : now
      guard step.drift(in: try await rows(of: step.slice, since: oldest)) != nil else { return nil }
      switch step.drift(in: try await wholeRows(since: oldest)) {
      case nil: return nil
      case .snapshotGone: return StepResult(step: step, .alreadyGone)
      case let drift?: return StepResult(step: step, .changed(drift))
      }
    } catch {
      return StepResult(step: step, error.isCancellation ? .notStarted : .failed(error))
    }
  }

  private mutating func rows(
    of id: SliceID, since oldest: Duration
  ) async throws(CloudError) -> Rows {
    if let slice, slice.id == id, slice.read >= oldest { return slice.rows }
    var rows: Rows = [:]
    let read = client.configuration.time.now()
    do throws(CloudError) { rows = Self.byID(try await client.list(slice: id)) } catch {
      // The slice may be gone; then the whole list tells.
      guard error.kind == .notFound else { throw error }
    }
    slice = (id, rows, read)
    return rows
  }

  private mutating func wholeRows(since oldest: Duration) async throws(CloudError) -> Rows {
    if let whole, whole.read >= oldest { return whole.rows }
    let read = client.configuration.time.now()
    let rows = Self.byID(try await client.list(query: nil))
    whole = (rows, read)
    return rows
  }

  private static func byID(_ rows: [SnapshotRow]) -> Rows {
    Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
  }
}

extension CloudClient {
  /// The whole list by id, read until two passes agree about the snapshots of `slices`: pages shift while
  /// others create and delete.
  ///
  /// - Throws: `CloudError`; nil when five passes have not agreed.
  func settledList(
    about slices: Set<SliceID>
  ) async throws(CloudError) -> [SnapshotID: SnapshotRow]? {
    var last: [SnapshotID: SnapshotRow]?
    for _ in 0..<5 {
      let rows = try await list(query: nil)
      let all = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
      let judged = all.filter { $0.value.slice.map(slices.contains) ?? false }
      if let last, Self.agree(last, judged) { return all }
      last = judged
    }
    return nil
  }

  private static func agree(
    _ a: [SnapshotID: SnapshotRow], _ b: [SnapshotID: SnapshotRow]
  ) -> Bool {
    a.count == b.count && a.allSatisfy { id, row in b[id].map { $0.name == row.name } ?? false }
  }
}
