package import CloudAPI
import OrderedJSON

extension CloudClient {
  /// One page of "List All Snapshots"; the first when `page` is nil.
  ///
  /// The documentation has `query` once for the slice's and once for the snapshot's name, and a cloud
  /// may find more by it: rows in which neither has it are left out.
  package func page(query: String?, page: Int?) async throws(CloudError) -> Page {
    let endpoint = Endpoint.list(query: query, page: page)
    let found = try await read(endpoint) { Page($0) }
    guard found.page == page ?? 1 else {
      let problem = CloudError.ShapeProblem.wrongPage(asked: page ?? 1, got: found.page)
      throw CloudError(.protocolViolation(problem), request: "GET \(url(of: endpoint))")
    }
    guard let query else { return found }
    return Page(
      rows: found.rows.filter { $0.matches(query) }, page: found.page, pages: found.pages,
      results: found.results)
  }

  /// All pages of "List All Snapshots" in their order, without the second of two rows with one id.
  /// A page that can't be had fails the list.
  ///
  /// A row can be missing when pages shift during the read.
  package func list(query: String?) async throws(CloudError) -> [SnapshotRow] {
    let pages = pages(query: query).makeAsyncIterator()
    var rows: [SnapshotRow] = []
    while let page = try await pages.next() { rows += page }
    return rows
  }

  /// The same, page by page, with a bounded number of them fetched ahead.
  package func pages(query: String?) -> SnapshotPages { SnapshotPages(client: self, query: query) }

  /// "List Snapshots for a Slice". Its rows don't show whether an operation is running.
  package func list(slice: SliceID) async throws(CloudError) -> [SnapshotRow] {
    try await read(.listSlice(slice)) { SnapshotRow.rows(inDataOf: $0) }
  }

  private func read<Value>(
    _ endpoint: Endpoint, _ parse: (JSON) -> Value?
  ) async throws(CloudError) -> Value {
    var attempt = 1
    while true {
      do throws(CloudError) {
        return try await readOnce(endpoint, parse)
      } catch {
        noteThrottling(error)
        guard case .retry = error.failureClass(for: .list), attempt < configuration.readAttempts,
          try await pauseBeforeRetry(attempt: attempt, because: error)
        else { throw error }
        attempt += 1
      }
    }
  }

  /// Follows up to three redirects that stay at the endpoint's scheme, host and port.
  private func readOnce<Value>(
    _ endpoint: Endpoint, _ parse: (JSON) -> Value?
  ) async throws(CloudError) -> Value {
    var url = url(of: endpoint)
    for _ in 0..<3 {
      let sent = try await send(endpoint, to: url)
      guard sent.answer.isRedirect, let next = sent.answer.location.flatMap(urlAtOrigin) else {
        return try sent.reader.value(of: sent.answer, parse)
      }
      url = next
    }
    let sent = try await send(endpoint, to: url)
    return try sent.reader.value(of: sent.answer, parse)
  }

  /// The URL that a `Location` names, when it is a path from the root or begins with the endpoint's
  /// own origin.
  private func urlAtOrigin(_ location: String) -> String? {
    let origin = configuration.endpoint.origin
    guard location.utf8.allSatisfy({ (0x21...0x7E) ~= $0 }), !location.contains("\\") else {
      return nil
    }
    if location.hasPrefix("/"), !location.hasPrefix("//") { return origin + location }
    return location.hasPrefix(origin + "/") ? location : nil
  }
}
