import CloudAPI
import CloudClient

/// What reads of the list say about a change whose answer was lost.
enum Finding {
  case applied(StepResult)
  /// It can't be seen; it may be sent again if that is harmless in the end.
  case notSeen
  /// Nothing that was read proves either; the error of the read, when that failed.
  case unproven(CloudError?)
}

extension Executor {
  /// Between two reads that must both miss a row: pages shift.
  private static let windowBetweenReads = Duration.milliseconds(500)

  /// A created snapshot is a new one of that name in the slice's list; a renamed one has the name;
  /// a deleted one is absent from two reads. Nothing proves a restore.
  func lookUp(_ step: Step) async -> Finding {
    do {
      switch step.change {
      case .create(let slice, let name):
        guard let known = step.knownIDs else { return .unproven(nil) }
        let made = try await client.list(slice: slice)
          .filter { $0.name == name && !known.contains($0.id) }
        guard !made.isEmpty else { return .notSeen }
        var result = StepResult(step: step, .accepted)
        result.noteCreated(made.map(\.id))
        return .applied(result)
      case .rename(let id, let name):
        let row = try await client.list(slice: step.slice).first { $0.id == id }
        return row?.name == name ? .applied(StepResult(step: step, .accepted)) : .notSeen
      case .delete(let id):
        if try await has(id, step.slice) { return .notSeen }
        try await client.configuration.time.sleep(Self.windowBetweenReads)
        return try await has(id, step.slice) ? .notSeen : .applied(StepResult(step: step, .done))
      case .restore, .list, .listSlice: return .unproven(nil)
      }
    } catch {
      return .unproven(error as? CloudError)
    }
  }

  private func has(_ id: SnapshotID, _ slice: SliceID) async throws(CloudError) -> Bool {
    try await client.list(slice: slice).contains { $0.id == id }
  }
}
