import CloudAPI
import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

extension Session {
  /// Whether what a statement would destroy must be known before it begins.
  var needsPreview: Bool {
    question.isNeeded || (settings.limits.mostDeletions != nil && !settings.isDryRun)
  }

  /// Asks about what would be destroyed, unless that was shown before.
  func agree(to steps: [Step]) throws {
    let open = agreed.withLock { agreed in
      steps.filter { step in
        guard step.isDestructive else { return false }
        guard let count = agreed[step.change], count > 0 else { return true }
        agreed[step.change] = count - 1
        return false
      }
    }
    try ask(about: open)
  }

  func ask(about steps: [Step]) throws {
    try asking.withLock { _ in
      try console.attended {
        try question.agree(to: steps, isCancelled: { self.cancellation.isCancelled })
      }
    }
  }

  /// Shows what a statement with several changes would do, asks once for all of it, and writes it
  /// down before the first of it is sent.
  func agree(toPreviewed groups: [Preview.Group]) throws {
    let steps = groups.flatMap(\.changes.steps)
    let destructive = steps.filter(\.isDestructive)
    if !destructive.isEmpty {
      try checkLimits(of: steps)
      try settle(destructive)
      try ask(about: destructive)
      agreed.withLock { agreed in
        agreed = [:]
        for step in destructive { agreed[step.change, default: 0] += 1 }
      }
    }
    let runs = runs
    if !settings.isDryRun { try wait { try await runs.plan(groups) } }
  }

  /// After a statement; `well` when it came to its end.
  func endStatement(well: Bool) {
    agreed.withLock { $0 = [:] }
    let runs = runs
    try? wait { await runs.endStatement(well: well) }
  }
}
