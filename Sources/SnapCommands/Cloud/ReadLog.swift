package import CloudAPI
import Synchronization

/// Takes down the reads of the task that it is set for, for `explain`.
package final class ReadLog: Sendable {
  @TaskLocal package static var current: ReadLog?

  private let reads = Mutex<[(endpoint: Endpoint, rows: Int)]>([])

  package init() {}

  /// Each read once, in order, with the rows that it has given.
  package var all: [(endpoint: Endpoint, rows: Int)] { reads.withLock { $0 } }

  func note(_ endpoint: Endpoint, rows: Int) {
    reads.withLock { reads in
      if let index = reads.firstIndex(where: { $0.endpoint == endpoint }) {
        reads[index].rows = max(rows, reads[index].rows)
      } else {
        reads.append((endpoint, rows))
      }
    }
  }
}
