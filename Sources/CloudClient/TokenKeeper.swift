/// Reads the token once, also when many requests ask at a time, and keeps it in memory.
actor TokenKeeper {
  private enum State {
    case unread
    case reading(Task<Result<String, CloudError>, Never>)
    case read(String)
  }

  private let credential: Credential
  private var state = State.unread

  init(_ credential: @escaping Credential) { self.credential = credential }

  /// A failure is not kept: the next request asks again.
  func token() async throws(CloudError) -> String {
    switch state {
    case .read(let token): return token
    case .reading(let task): return try await task.value.get()
    case .unread:
      let task = Task { [credential] in await Self.read(credential) }
      state = .reading(task)
      let result = await task.value
      state = if case .success(let token) = result { .read(token) } else { .unread }
      return try result.get()
    }
  }

  private static func read(_ credential: Credential) async -> Result<String, CloudError> {
    let text: String
    do {
      text = try await credential()
    } catch {
      return .failure(
        error as? CloudError ?? CloudError(.credential(.unreadable("\(type(of: error))"))))
    }
    if text.isEmpty { return .failure(CloudError(.credential(.empty))) }
    guard text.utf8.allSatisfy({ (0x21...0x7E) ~= $0 }) else {
      return .failure(CloudError(.credential(.malformed)))
    }
    return .success(text)
  }
}
