import OrderedJSON

/// An answer of the server.
struct Answer: Sendable {
  let status: Int
  let body: JSON

  subscript(name: String) -> JSON? { body.objectValue?[name] }
  var rows: [JSONObject] { self["data"]?.arrayValue?.compactMap(\.objectValue) ?? [] }
  var error: String { self["error"]?.stringValue ?? "" }
}

extension TestCloud {
  /// What curl gets with `arguments`.
  func curl(_ arguments: String...) async throws -> Answer { try await curl(arguments: arguments) }

  func curl(arguments: [String]) async throws -> Answer {
    let result = try await runProgram(
      "/usr/bin/curl",
      ["--silent", "--show-error", "--noproxy", "*", "--write-out", "\n%{http_code}"] + arguments)
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.dropLast().joined(separator: "\n")
    return Answer(
      status: lines.last.flatMap { Int($0) } ?? 0,
      body: body.isEmpty ? .null : try JSON(parsing: body))
  }

  private static let authorization = "authorization:bearer \(token)"

  func get(_ path: String) async throws -> Answer {
    try await curl("--url", url(path), "--header", Self.authorization)
  }

  /// A POST with the name in the body, as the documentation writes it.
  func post(_ path: String, name: String) async throws -> Answer {
    try await post(path, body: " { \"snapshot_name\": \(JSON.string(name).text()) } ")
  }

  func post(_ path: String, body: String) async throws -> Answer {
    try await curl(
      "--request", "POST", "--url", url(path), "--header", "content-type: application/json",
      "--header", Self.authorization, "--data", body)
  }

  func post(_ path: String) async throws -> Answer {
    try await curl("--request", "POST", "--url", url(path), "--header", Self.authorization)
  }

  func delete(_ path: String) async throws -> Answer {
    try await curl("--request", "DELETE", "--url", url(path), "--header", Self.authorization)
  }

  /// The rows of the full list, read again until none is in progress.
  func settledRows() async throws -> [JSONObject] {
    while true {
      let rows = try await get("/images").rows
      if rows.allSatisfy({ $0["in_progress"] == .null }) { return rows }
    }
  }
}
