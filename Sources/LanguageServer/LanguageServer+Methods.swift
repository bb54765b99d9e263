import OrderedJSON

extension LanguageServer {
  func result(of method: String, _ params: Params) throws(ResponseError) -> JSON {
    switch (method, state) {
    case ("initialize", .uninitialized):
      client = ClientAbilities(params.json)
      state = .running
      return ["capabilities": capabilities, "serverInfo": ["name": "snapsh"]]
    case (_, .uninitialized):
      throw ResponseError(.serverNotInitialized, "'initialize' comes first")
    case (_, .shutDown), ("initialize", _):
      throw ResponseError(.invalidRequest, "'\(method)' can't be asked now")
    case ("shutdown", .running):
      state = .shutDown
      return .null
    case (_, .running):
      return try request(method, params)
    }
  }

  private func request(_ method: String, _ params: Params) throws(ResponseError) -> JSON {
    switch method {
    case "textDocument/completion": try completion(params)
    case "textDocument/definition": try definition(params)
    case "textDocument/documentSymbol": try documentSymbols(params)
    case "textDocument/formatting": try formatting(params)
    case "textDocument/hover": try hover(params)
    case "textDocument/prepareRename": try prepareRename(params)
    case "textDocument/references": try references(params)
    case "textDocument/rename": try rename(params)
    case "textDocument/semanticTokens/full": try semanticTokens(params)
    case "textDocument/signatureHelp": try signatureHelp(params)
    default: throw ResponseError(.methodNotFound, "there is no method '\(method)'")
    }
  }

  func take(_ method: String, _ params: Params) throws(ResponseError) {
    guard state == .running else { return }
    switch method {
    case "textDocument/didOpen": try open(params)
    case "textDocument/didChange": try change(params)
    case "textDocument/didClose": try close(params)
    case "textDocument/didSave", "workspace/didChangeWatchedFiles": forgetAnalyses()
    default: break
    }
  }

  private var capabilities: JSON {
    [
      "positionEncoding": .string(client.encoding.rawValue),
      "textDocumentSync": ["openClose": true, "change": 2, "save": true],
      "completionProvider": ["triggerCharacters": ["$", "-", ".", "|", "/", "\"", "'"]],
      "definitionProvider": true,
      "documentFormattingProvider": true,
      "documentSymbolProvider": true,
      "hoverProvider": true,
      "referencesProvider": true,
      "renameProvider": ["prepareProvider": true],
      "semanticTokensProvider": ["legend": TokenLegend.json, "full": true],
      "signatureHelpProvider": ["triggerCharacters": [" "]],
    ]
  }
}

/// What the client can do, as far as answers depend on it.
struct ClientAbilities {
  let encoding: PositionEncoding
  let readsMarkdown: Bool
  let readsNestedSymbols: Bool
  let readsLabelOffsets: Bool

  /// - Parameter params: those of `initialize`.
  init(_ params: JSON) {
    let capabilities = params["capabilities"]
    let document = capabilities?["textDocument"]
    let encodings = capabilities?["general"]?["positionEncodings"]?.arrayValue ?? []
    encoding = encodings.contains("utf-8") ? .utf8 : .utf16
    readsMarkdown =
      document?["hover"]?["contentFormat"]?.arrayValue?.contains("markdown") ?? false
    readsNestedSymbols =
      document?["documentSymbol"]?["hierarchicalDocumentSymbolSupport"]?.boolValue ?? false
    readsLabelOffsets =
      document?["signatureHelp"]?["signatureInformation"]?["parameterInformation"]?[
        "labelOffsetSupport"]?.boolValue ?? false
  }
}
