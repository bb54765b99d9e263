/// The rows of the API's documentation, and a cloud that has them.
enum DocumentedRows {
  /// `rw`, of the slice 3247.
  static let first = """
    {"created":"2025-02-04 10:19:36.925397","datacenter_id":6,"duration":"43s","id":14901,\
    "in_progress":null,"legacy":null,"name":"11test1-3247-173049603","perms":"rw","progress":null,\
    "region":"SFO1","snapshot_size":21,"vm_datacenter_id":6,"vm_deleted":null,"vm_id":3247,\
    "vm_perms":"rw","vm_user_id":1423,"vmname":"11test1-3247.com"}
    """

  /// `ro`, of the slice 3828.
  static let second = """
    {"created":"2025-02-06 17:22:36.925397","datacenter_id":6,"duration":"02s","id":15258,\
    "in_progress":null,"legacy":null,"name":"11test1-newvm-1731969462","perms":"ro",\
    "progress":null,"region":"SFO1","snapshot_size":1,"vm_datacenter_id":6,"vm_deleted":null,\
    "vm_id":3828,"vm_perms":"rw","vm_user_id":1423,"vmname":"11test1-newvm"}
    """

  /// "List Snapshots for a Slice".
  static let ofSlice = """
    {"data":[{"backup_full_size":50,"created":"2024-11-14 06:55:36.925397","duration":"43s",\
    "id":14901,"name":"11test1-173049603"},{"backup_full_size":50,\
    "created":"2025-02-06 17:19:36.925397","duration":"47s","id":13680,\
    "name":"11testing-1724973454"}]}
    """

  static func page(_ rows: [String], _ page: Int = 1, of pages: Int = 1, results: Int? = nil)
    -> ScriptedCloud.Answer
  {
    .json(
      """
      {"data":[\(rows.joined(separator: ","))],"page":\(page),"pages":\(pages),\
      "results":\(results ?? rows.count)}
      """)
  }

  /// A row as the full list shows it.
  static func row(
    _ id: Int, _ name: String, slice: Int = 3247, sliceName: String = "web-01",
    running: String = "null", progress: String = "null", duration: String = "null"
  ) -> String {
    """
    {"id":\(id),"name":"\(name)","vm_id":\(slice),"vmname":"\(sliceName)","perms":"rw",\
    "vm_perms":"rw","created":"2025-02-04 10:19:36.925397","in_progress":\(running),\
    "progress":\(progress),"duration":\(duration)}
    """
  }
}

extension ScriptedCloud {
  /// Shows `rows`, takes every change on, and does nothing. `except` is asked first; nil leaves the
  /// answer to the rows.
  convenience init(
    rows: [String] = [DocumentedRows.first, DocumentedRows.second],
    except: @escaping @Sendable (Request) -> Answer? = { _ in nil }
  ) throws {
    try self.init { request in
      if let answer = except(request) { return answer }
      if request.isMutation { return .accepted }
      if request.target.contains("/snapshots/") { return .json(DocumentedRows.ofSlice) }
      return DocumentedRows.page(rows)
    }
  }
}
