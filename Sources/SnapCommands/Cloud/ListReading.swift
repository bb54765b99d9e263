package import CloudAPI
import CloudClient
import SnapLanguage

/// The list of snapshots as it is read, a page at a time. Who has seen enough reads no further.
package actor ListReading {
  private let pages: SnapshotPages.Iterator
  private let query: String?
  private let ended: @Sendable ([SnapshotRow]) -> Void
  private var rows: [SnapshotRow] = []
  private var isAtEnd = false

  /// `ended` is told of all rows after the last page.
  init(
    _ client: CloudClient, query: String?, ended: @escaping @Sendable ([SnapshotRow]) -> Void
  ) {
    pages = client.pages(query: query).makeAsyncIterator()
    self.query = query
    self.ended = ended
  }

  /// The rows of the next page; nil after the last.
  ///
  /// - Throws: `Failure`, once.
  package func next() async throws -> [SnapshotRow]? {
    guard !isAtEnd else { return nil }
    let page: [SnapshotRow]?
    do throws(CloudError) { page = try await pages.next(isolation: self) } catch {
      isAtEnd = true
      throw Failure(error)
    }
    rows += page ?? []
    ReadLog.current?.note(.list(query: query, page: nil), rows: rows.count)
    guard let page else {
      isAtEnd = true
      ended(rows)
      rows = []
      return nil
    }
    return page
  }

  /// All rows that are still to come.
  func rest() async throws -> [SnapshotRow] {
    var rows: [SnapshotRow] = []
    while let page = try await next() { rows += page }
    return rows
  }
}
