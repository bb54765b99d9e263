package import CloudAPI

/// The rows of "List All Snapshots", one element a page, in the order of the pages.
///
/// After the first page, up to `ClientConfiguration.concurrency` pages are fetched at a time; none
/// before the next one is asked for. When the number of pages grows meanwhile, the new ones are read
/// too. Ends with the first failed page.
package struct SnapshotPages: AsyncSequence, Sendable {
  package typealias Element = [SnapshotRow]
  package typealias Failure = CloudError

  let client: CloudClient
  let query: String?

  package func makeAsyncIterator() -> Iterator { Iterator(client: client, query: query) }

  /// Dropping it early cancels the fetches that are under way.
  package final class Iterator: AsyncIteratorProtocol {
    private typealias Fetch = Task<Result<Page, CloudError>, Never>

    private let client: CloudClient
    private let query: String?
    private var nextPage = 1
    private var lastPage = 1
    private var fetches: [Int: Fetch] = [:]
    private var seen: Set<SnapshotID> = []

    init(client: CloudClient, query: String?) {
      self.client = client
      self.query = query
    }

    deinit { for fetch in fetches.values { fetch.cancel() } }

    package func next() async throws(CloudError) -> [SnapshotRow]? {
      try await next(isolation: nil)
    }

    package func next(
      isolation actor: isolated (any Actor)?
    ) async throws(CloudError) -> [SnapshotRow]? {
      guard nextPage <= lastPage else { return nil }
      let fetch = fetch(nextPage)
      fetchAhead()
      let result = await withTaskCancellationHandler {
        await fetch.value
      } onCancel: {
        fetch.cancel()
      }
      fetches[nextPage] = nil
      switch result {
      case .success(let page):
        nextPage += 1
        lastPage = Swift.max(lastPage, page.pages)
        return page.rows.filter { seen.insert($0.id).inserted }
      case .failure(let error):
        lastPage = 0
        await abandonFetches()
        throw error
      }
    }

    private func fetch(_ page: Int) -> Fetch {
      if let fetch = fetches[page] { return fetch }
      let fetch = Fetch { [client, query] in
        do throws(CloudError) {
          return .success(try await client.page(query: query, page: page == 1 ? nil : page))
        } catch {
          return .failure(error)
        }
      }
      fetches[page] = fetch
      return fetch
    }

    private func fetchAhead() {
      let end = Swift.min(lastPage, nextPage + client.configuration.concurrency - 1)
      guard nextPage <= end else { return }
      for page in nextPage...end { _ = fetch(page) }
    }

    private func abandonFetches() async {
      for fetch in fetches.values { fetch.cancel() }
      for fetch in fetches.values { _ = await fetch.value }
      fetches = [:]
    }
  }
}
