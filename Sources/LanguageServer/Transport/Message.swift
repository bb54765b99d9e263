import OrderedJSON

/// What a client sends (JSON-RPC 2.0).
enum Message {
  case request(id: JSON, method: String, Params)
  case notification(method: String, Params)
  /// To a request of ours; there is none that needs one.
  case response
  case invalid(ResponseError)

  init(_ frame: FrameReader.Frame) {
    guard case .body(let bytes) = frame else {
      self = .invalid(ResponseError(.parseError, "bytes that belong to no message"))
      return
    }
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: bytes) } catch {
      self = .invalid(
        ResponseError(.parseError, "the message is no JSON, from its byte \(error.offset) on"))
      return
    }
    let (id, params) = (json["id"], Params(json["params"] ?? .null))
    switch (id, json["method"]?.stringValue) {
    case (.int?, let method?), (.string?, let method?):
      self = .request(id: id ?? .null, method: method, params)
    case (nil, let method?): self = .notification(method: method, params)
    case (_?, nil) where json["result"] != nil || json["error"] != nil: self = .response
    default: self = .invalid(ResponseError(.invalidRequest, "the message is no request"))
    }
  }
}

/// Why a request gets no result.
struct ResponseError: Error {
  enum Code: Int {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case serverNotInitialized = -32002
    case requestFailed = -32803
    case requestCancelled = -32800
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// The parameters of a request or a notification.
struct Params {
  let json: JSON

  init(_ json: JSON) { self.json = json }

  private func value(_ path: [String]) -> JSON? {
    path.reduce(json) { owner, name in owner?[name] }
  }

  func string(_ path: String...) throws(ResponseError) -> String {
    guard let text = value(path)?.stringValue else { throw Self.missing(path) }
    return text
  }

  func int(_ path: String...) throws(ResponseError) -> Int {
    guard let number = value(path)?.intValue else { throw Self.missing(path) }
    return number
  }

  func optional(_ path: String...) -> JSON? { value(path) }

  private static func missing(_ path: [String]) -> ResponseError {
    ResponseError(.invalidParams, "'\(path.joined(separator: "."))' is missing or of another type")
  }
}

extension JSON {
  subscript(name: String) -> JSON? { objectValue?[name] }

  var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
}
