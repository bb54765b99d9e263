import CloudAPI
import CloudClient

/// The slice's own list just before its deletions: what is not what was shown is not deleted.
///
/// The documentation's two samples show one id under different names, so what the slice's list says
/// against a deletion counts only when a fresh read of the whole list says so too.
struct DeletionTargets {
  let client: CloudClient
  private var slice: (id: SliceID, rows: Rows)?
  private var whole: Rows?
  private typealias Rows = [SnapshotID: SnapshotRow]

  init(client: CloudClient) { self.client = client }

  /// How the deletion ended without being sent; nil when nothing is against it.
  mutating func refusal(of step: Step) async -> StepResult? {
    do throws(CloudError) {
      guard step.drift(in: try await rows(of: step.slice)) != nil else { return nil }
      switch step.drift(in: try await wholeRows()) {
      case nil: return nil
      case .snapshotGone: return StepResult(step: step, .alreadyGone)
      case let drift?: return StepResult(step: step, .changed(drift))
      }
    } catch {
      return StepResult(step: step, error.isCancellation ? .notStarted : .failed(error))
    }
  }

  private mutating func rows(of id: SliceID) async throws(CloudError) -> Rows {
    if let slice, slice.id == id { return slice.rows }
    var rows: Rows = [:]
    do throws(CloudError) { rows = Self.byID(try await client.list(slice: id)) } catch {
      // The slice may be gone; then the whole list tells.
      guard error.kind == .notFound else { throw error }
    }
    slice = (id, rows)
    return rows
  }

  private mutating func wholeRows() async throws(CloudError) -> Rows {
    if let whole { return whole }
    let rows = Self.byID(try await client.list(query: nil))
    whole = rows
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
