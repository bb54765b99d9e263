import SnapRun

/// Runs and operations as Tab offers them; what can't be read is not offered.
extension JournalFile {
  /// More of the past are not looked through: Tab must answer at once.
  private static let most = 100

  /// The latest first.
  func runs(where isMeant: (RunRecord) -> Bool) -> [(value: String, about: String)] {
    let runs = (try? use { try $0.runs(most: Self.most) }) ?? []
    return runs.filter(isMeant).map { run in
      ("\(run.id)", "\(run.outcome): \(RunRows.command(run.header))")
    }
  }

  func unknownOperations(ofRun id: Int) -> [(value: String, about: String)] {
    let operations = (try? use { try $0.operations(ofRun: id) }) ?? []
    return operations.filter { $0.state == .unknown || $0.state == .sending }.prefix(Self.most).map
    {
      ("\($0.number)", $0.step.summary)
    }
  }
}
