import CloudAPI
import HTTPTypes
import Hummingbird
import Logging
import OrderedJSON

/// The six calls of the API.
struct Routes: Sendable {
  let cloud: LocalCloud
  let runner: OperationRunner

  func router(token: String, logger: Logger) -> Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: ErrorAnswers(logger: logger))
    router.add(middleware: BearerToken(expected: token))
    let images = router.group("\(Endpoint.basePath)/images")
    images.get(use: list)
    images.get("snapshots/:id", use: listSlice)
    images.post("snapshots/:id/create", use: create)
    images.post("snapshots/:id/restore/:slice", use: restore)
    images.post("snapshots/:id/rename", use: rename)
    images.delete("snapshots/:id/delete", use: delete)
    return router
  }

  private func list(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let parameters = request.uri.queryParameters
    var page = 1
    if let text = parameters["page"] {
      guard let number = Int(text), number > 0 else {
        throw LocalCloudError.badRequest(.page(String(text)))
      }
      page = number
    }
    let query = parameters["query"].map(String.init)
    return .json(.ok, try await cloud.list(query: query, page: page))
  }

  private func listSlice(
    _ request: Request, _ context: BasicRequestContext
  ) async throws -> Response {
    .json(.ok, try await cloud.list(of: try slice(of: context)))
  }

  private func create(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let slice = try slice(of: context)
    return try await accept(.create(slice, name: try await snapshotName(in: request)))
  }

  private func restore(
    _ request: Request, _ context: BasicRequestContext
  ) async throws -> Response {
    try await accept(.restore(try snapshot(of: context), onto: try slice("slice", of: context)))
  }

  private func rename(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let snapshot = try snapshot(of: context)
    return try await accept(.rename(snapshot, name: try await snapshotName(in: request)))
  }

  private func delete(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    try await accept(.delete(try snapshot(of: context)))
  }

  /// Begins an operation, which goes on when the answer is sent.
  private func accept(_ change: Change) async throws -> Response {
    let operation = try await cloud.begin(change)
    try await runner.accept(operation)
    return .json(
      .accepted,
      [
        "operation": .string(operation.kind.rawValue),
        "snapshot_id": operation.snapshot.map { .int($0.rawValue) } ?? .null,
        "slice_id": .int(operation.slice.rawValue),
      ])
  }
}

/// The arguments of a call.
extension Routes {
  private static let longestBody = 64 * 1024

  private func slice(_ parameter: String = "id", of context: BasicRequestContext) throws -> SliceID
  {
    let text = context.parameters.get(parameter) ?? ""
    guard let id = Int(text) else { throw LocalCloudError.unknownSlice(text) }
    return SliceID(id)
  }

  private func snapshot(of context: BasicRequestContext) throws -> SnapshotID {
    let text = context.parameters.get("id") ?? ""
    guard let id = Int(text) else { throw LocalCloudError.unknownSnapshot(text) }
    return SnapshotID(id)
  }

  private func snapshotName(in request: Request) async throws -> String {
    let bytes = try await request.body.collect(upTo: Self.longestBody)
    guard let body = try? JSON(parsing: bytes.readableBytesView), let object = body.objectValue
    else { throw LocalCloudError.badRequest(.bodyIsNoObject) }
    guard let value = object["snapshot_name"] else {
      throw LocalCloudError.badRequest(.nameIsMissing)
    }
    guard let name = value.stringValue else { throw LocalCloudError.badRequest(.nameIsNoText) }
    guard name.contains(where: { !$0.isWhitespace }) else {
      throw LocalCloudError.badRequest(.nameIsEmpty)
    }
    guard name.count <= Endpoint.longestName else {
      throw LocalCloudError.badRequest(.nameIsTooLong(characters: name.count))
    }
    return name
  }
}
