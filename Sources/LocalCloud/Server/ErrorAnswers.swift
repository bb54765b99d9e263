import HTTPTypes
import Hummingbird
import Logging
import OrderedJSON

/// Turns errors into answers: `{"error": "..."}` with a status.
struct ErrorAnswers: RouterMiddleware {
  typealias Context = BasicRequestContext

  let logger: Logger

  @concurrent
  func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as LocalCloudError {
      return .error(error.status, error.description)
    } catch let error as HTTPError where error.status == .notFound {
      return .error(
        .notFound, LocalCloudError.badRequest(.unknownPath(request.uri.path)).description)
    } catch let error as any HTTPResponseError {
      return .error(error.status, error.status.reasonPhrase.lowercased())
    } catch let error as SystemCallError where error.isFull {
      return .error(.insufficientStorage, error.description)
    } catch {
      logger.error("request failed", metadata: ["reason": "\(error)"])
      return .error(.internalServerError, "the server failed; its log tells why")
    }
  }
}

extension LocalCloudError {
  /// The status of HTTP that says so.
  fileprivate var status: HTTPResponse.Status {
    switch self {
    case .unknownSlice, .unknownSnapshot, .badRequest(.unknownPath): .notFound
    case .readOnlySlice, .readOnlySnapshot: .forbidden
    case .busySlice, .busySnapshot, .ambiguousSlice, .sliceNameTaken: .conflict
    case .insufficientSpace: .insufficientStorage
    case .shuttingDown, .takenOver: .serviceUnavailable
    case .newerDatabase, .newerRecords: .internalServerError
    // Whether it was done isn't known: RFC 9110, section 15.6.5.
    case .unreachable: .gatewayTimeout
    case .badSliceName, .badSliceSize: .unprocessableContent
    case .badRequest(.unauthorized): .unauthorized
    case .badRequest(.page): .badRequest
    case .badRequest: .unprocessableContent
    }
  }
}

extension Response {
  static func json(_ status: HTTPResponse.Status, _ body: JSON) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: body.text())))
  }

  fileprivate static func error(_ status: HTTPResponse.Status, _ words: String) -> Response {
    var response = json(status, ["error": .string(words)])
    // RFC 9110, section 11.6.1, asks for it.
    if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
    return response
  }
}

extension HTTPResponse.Status {
  /// RFC 4918, section 11.5.
  fileprivate static var insufficientStorage: Self {
    .init(code: 507, reasonPhrase: "Insufficient Storage")
  }
}
