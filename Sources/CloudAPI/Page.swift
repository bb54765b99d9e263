package import OrderedJSON

/// The answer of "List All Snapshots": rows, and which page of how many they are.
package struct Page: Sendable, Hashable {
  package let rows: [SnapshotRow]
  /// The number of this page, from 1.
  package let page: Int
  package let pages: Int
  /// The number of rows on all pages together.
  package let results: Int

  package init(rows: [SnapshotRow], page: Int, pages: Int, results: Int) {
    self.rows = rows
    self.page = page
    self.pages = pages
    self.results = results
  }

  /// Nil when `json` lacks the documented shape.
  package init?(_ json: JSON) {
    guard let rows = SnapshotRow.rows(inDataOf: json), let object = json.objectValue,
      let page = object["page"]?.intValue, let pages = object["pages"]?.intValue,
      let results = object["results"]?.intValue
    else { return nil }
    self.init(rows: rows, page: page, pages: pages, results: results)
  }

  package var json: JSON {
    [
      "data": .array(rows.map(\.json)), "page": .int(page), "pages": .int(pages),
      "results": .int(results),
    ]
  }
}

extension SnapshotRow {
  /// The rows under `data`, as both list calls answer; nil when a part of it is no row.
  package static func rows(inDataOf json: JSON) -> [SnapshotRow]? {
    guard let data = json.objectValue?["data"]?.arrayValue else { return nil }
    let rows = data.compactMap(SnapshotRow.init)
    return rows.count == data.count ? rows : nil
  }
}
