package import CephStore
import LocalCloud

/// Where the local cloud is kept: a folder of this machine, or a pool that several servers share.
package enum LocalStore: Sendable, Hashable {
  case folder(String)
  /// `cache` is a folder for a copy of the records.
  case ceph(CephAddress, cache: String)

  /// - Throws: `SettingError` for a `store` that is none.
  init(
    store: String?, configuration: String?, user: String?, folder: String,
    cache: String
  ) throws(SettingError) {
    guard let store else {
      self = .folder(folder)
      return
    }
    do {
      self = .ceph(
        try CephAddress(store, configuration: configuration.map(Folders.absolute), user: user),
        cache: cache + "/records")
    } catch { throw SettingError(error.description, help: error.help) }
  }

  /// As the journal, the cache and messages name it.
  package var name: String {
    switch self {
    case .folder(let path): path
    case .ceph(let address, _): address.description
    }
  }

  /// Opens it; a folder is made if it isn't there.
  ///
  /// `isLogged` is for servers: what fails is told on stderr.
  func open(isLogged: Bool = false) async throws -> LocalCloud {
    let logger = isLogged ? LocalCloud.standardErrorLog : nil
    return switch self {
    case .folder(let path): try await LocalCloud(folder: path, logger: logger)
    case .ceph(let address, let cache):
      try await LocalCloud(
        storage: try await BlockingThreads.copies.run {
          try CloudStorage(ceph: address, cache: cache)
        }, logger: logger)
    }
  }

  /// Opens it for `work` alone.
  func open<Result: Sendable>(
    for work: @Sendable (LocalCloud) async throws -> Result
  ) async throws -> Result {
    let cloud = try await open()
    do {
      let result = try await work(cloud)
      await cloud.close()
      return result
    } catch {
      await cloud.close()
      throw error
    }
  }

  /// What to do when it can't be opened because of `error`.
  func help(after error: any Error) -> String? {
    if let error = error as? CephError { return error.help }
    guard case .folder = self else { return "see that the cluster is up: ceph -s" }
    return "another folder is chosen by --data DIR"
  }
}
