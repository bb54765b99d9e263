import CloudAPI
package import CloudClient

/// Whether steps still mean what was decided, by a fresh read of the whole list; one that two passes
/// agree about where anything is to be deleted.
package struct Preconditions: Sendable {
  /// What stands against steps, by their index. A deletion whose snapshot is gone is not among them.
  package let drifts: [(index: Int, drift: Drift)]

  /// - Throws: `CloudError`; nil when the list changes from pass to pass.
  package init?(of steps: [Step], by client: CloudClient) async throws(CloudError) {
    let judged = steps.indices.filter { steps[$0].snapshot.map { $0.id.plannedBy == nil } ?? false }
    guard !judged.isEmpty else {
      drifts = []
      return
    }
    let rows: [SnapshotID: SnapshotRow]
    let slices = Set(steps.lazy.filter { $0.verb == .delete }.map(\.slice))
    if slices.isEmpty {
      let list = try await client.list(query: nil)
      rows = Dictionary(list.map { ($0.id, $0) }) { first, _ in first }
    } else {
      guard let settled = try await client.settledList(about: slices) else { return nil }
      rows = settled
    }
    drifts = judged.compactMap { index in
      let step = steps[index]
      switch step.drift(in: rows) {
      case .snapshotGone where step.verb == .delete: return nil
      // An earlier try has come late, or somebody wanted the same.
      case .renamed(_, _, let name) where step.verb == .rename && name == step.newName: return nil
      case let drift?: return (index, drift)
      case nil: break
      }
      guard step.verb == .restore, let id = step.snapshot?.id else { return nil }
      return rows[id]?.perms == "ro" ? (index, .readOnly(id)) : nil
    }
  }
}
