import Logging
import ServiceLifecycle

/// Keeps the process known as alive, and ends what others, or lost answers, have left.
struct Caretaker: Service {
  let cloud: LocalCloud

  /// Throws `LocalCloudError.takenOver` when others hold this process for dead.
  func run() async throws {
    guard let interval = cloud.instances.interval else {
      try? await gracefulShutdown()
      return
    }
    try await care(every: interval)
    await cloud.close()
  }

  private func care(every interval: Duration) async throws {
    try await cancelWhenGracefulShutdown {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await cloud.instances.keepAlive() }
        group.addTask { await look(every: interval) }
        try await group.next()
        group.cancelAll()
      }
    }
  }

  private func look(every interval: Duration) async {
    while true {
      do { try await Task.sleep(for: interval) } catch { return }
      do {
        try await cloud.takeCare()
      } catch {
        cloud.logger.warning(
          "could not look for what others left", metadata: ["reason": "\(error)"])
      }
    }
  }
}
