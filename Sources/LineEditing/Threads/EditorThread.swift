import CEditline
import Glibc
import Synchronization

/// A thread that an actor runs on: libedit belongs to one thread, and waiting for a key must not
/// block the pool that all tasks share.
final class EditorThread: SerialExecutor {
  private struct Queue {
    var jobs: [UnownedJob] = []
    var stopped = false
  }

  private let queue = Mutex(Queue())
  nonisolated(unsafe) private let filled: UnsafeMutablePointer<sem_t>

  /// Nil when the system has no thread left.
  init?() {
    filled = .allocate(capacity: 1)
    sem_init(filled, 0, 0)
    let context = Unmanaged.passRetained(self)
    let started = ced_start_thread(
      { context in
        guard let context else { return }
        Unmanaged<EditorThread>.fromOpaque(context).takeRetainedValue().run()
      }, context.toOpaque())
    if started != 0 {
      context.release()
      return nil
    }
  }

  deinit {
    sem_destroy(filled)
    filled.deallocate()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.withLock { $0.jobs.append(job) }
    sem_post(filled)
  }

  /// Lets the thread end when its jobs are done.
  func stop() {
    queue.withLock { $0.stopped = true }
    sem_post(filled)
  }

  private func run() {
    while true {
      while sem_wait(filled) != 0 {}
      let (job, stopped) = queue.withLock { queue in
        (queue.jobs.isEmpty ? nil : queue.jobs.removeFirst(), queue.stopped)
      }
      if let job {
        job.runSynchronously(on: asUnownedSerialExecutor())
      } else if stopped {
        return
      }
    }
  }
}
