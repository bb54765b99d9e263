package import CloudAPI
import CloudClient
import SnapLanguage

/// The list of snapshots as it is read, a page at a time. Who has seen enough reads no further.
package actor ListReading {
  private let pages: SnapshotPages.Iterator
  private let query: String?
  private let observers: [any ListObserver]
  private var count = 0
  private var isAtEnd = false

  init(_ client: CloudClient, query: String?, observers: [any ListObserver]) {
    pages = client.pages(query: query).makeAsyncIterator()
    self.query = query
    self.observers = observers
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
    count += page?.count ?? 0
    ReadLog.current?.note(.list(query: query, page: nil), rows: count)
    guard let page else {
      isAtEnd = true
      for observer in observers { observer.noteEnd() }
      return nil
    }
    for observer in observers { observer.note(page) }
    return page
  }

  /// All rows that are still to come.
  func rest() async throws -> [SnapshotRow] {
    var rows: [SnapshotRow] = []
    while let page = try await next() { rows += page }
    return rows
  }
}

/// Who learns from one reading of a list; it keeps no more of the rows than it needs.
package protocol ListObserver: Sendable {
  /// A page, in the order of the list.
  func note(_ rows: [SnapshotRow])
  /// All pages have come.
  func noteEnd()
}
