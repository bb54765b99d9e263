import SnapCommands
import SnapLanguage

/// All that is scheduled, by whatever starts it.
struct Schedules: Sendable {
  private let timers: SystemdTimers
  private let table: CronTable

  init(folders: Folders) {
    timers = SystemdTimers(folders: folders)
    table = CronTable(folders: folders)
  }

  func all() async throws -> [ScheduledRun] { try await timers.all() + table.all() }

  /// What would be written.
  func text(of run: DailyRun, by scheduler: Scheduler, zone: String?) throws -> String {
    switch scheduler {
    case .systemd:
      timers.files(for: run, zone: zone).map { "\($0.path):\n\($0.text)" }.joined(separator: "\n")
    case .cron: try table.entry(for: run).joined(separator: "\n") + "\n"
    }
  }

  /// - Returns: why it could not be started now; nil when it could.
  func add(_ run: DailyRun, by scheduler: Scheduler, zone: String?) async throws -> String? {
    switch scheduler {
    case .systemd: return try await timers.add(run, zone: zone)
    case .cron:
      try await table.add(run)
      return nil
    }
  }

  /// - Returns: why systemd could not be told; nil when it could.
  func remove(_ run: ScheduledRun) async throws -> String? {
    switch run.scheduler {
    case .systemd: return try await timers.remove(run.name)
    case .cron:
      try await table.remove(run.name)
      return nil
    }
  }
}
