import CloudAPI
package import SnapLanguage

/// `ls`: the list of all snapshots, or of one slice's.
package struct Ls: Callable {
  let cloud: CloudSession

  package let signature = Signature(
    "ls", group: .read, about: "List snapshots",
    details: """
      Without an argument, the snapshots of all slices; with a slice, its own, which show fewer
      fields. The cloud searches for --query in the names of slices and snapshots. Pages are read as
      rows are asked for: 'ls | first 20' reads no further than it needs.
      """,
    parameters: [Parameter("slice", .slice, about: "an id or a name", required: false)],
    flags: [
      Flag("query", .string, about: "a part of a slice's or snapshot's name"),
      Flag("page", .int, about: "this page alone"),
    ],
    effect: .read,
    examples: [
      Signature.Example("ls", "all snapshots"),
      Signature.Example("ls web-01", "those of one slice"),
      Signature.Example("ls --query web | where created < ago(30d)", "old ones of some slices"),
    ],
    columns: .fixed(SnapshotRecords.columns), columnTypes: SnapshotRecords.columnTypes)

  package func run(_ call: Call) throws -> Outcome {
    let cloud = cloud
    let query = call.flag("query")?.stringValue
    let page = call.flag("page")?.intValue
    if let value = call["slice"] {
      guard query == nil, page == nil else {
        throw Failure(
          .usage, "'--query' and '--page' don't go with a slice", help: signature.usage,
          exitCode: ExitCode.usage)
      }
      let slice = try Targets(cloud: cloud, host: call.host).slice(value).id
      let rows = try call.host.wait { try await cloud.list(slice: slice) }
      return .rows(RowStream(SnapshotRecords.values(rows)))
    }
    if let page {
      guard page >= 1 else {
        throw Failure(.usage, "pages are numbered from 1", exitCode: ExitCode.usage)
      }
      let rows = try call.host.wait { try await cloud.page(query: query, page) }
      return .rows(RowStream(SnapshotRecords.values(rows)))
    }
    guard !cloud.altersLists else {
      let rows = try call.host.wait { try await cloud.list(query: query) }
      return .rows(RowStream(SnapshotRecords.values(rows)))
    }
    return .rows(try Self.stream(query: query, cloud, call.host))
  }

  /// The list as it is read; its first page is read at once.
  private static func stream(
    query: String?, _ cloud: CloudSession, _ host: any Host
  ) throws -> RowStream {
    let reading = try host.wait { try await cloud.reading(query: query) }
    var first = try host.wait { try await reading.next() }
    return RowStream {
      let page = try first ?? host.wait { try await reading.next() }
      first = nil
      return page.map(SnapshotRecords.values)
    }
  }
}
