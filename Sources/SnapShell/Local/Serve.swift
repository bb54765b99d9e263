import CloudAPI
import Glibc
import LocalCloud
import SnapCommands

/// `snapsh serve`: the local cloud as a server for other clients.
struct Serve {
  let listen: String
  let store: LocalStore
  let environment: [String: String]
  let console: Console

  func run() async -> Int32 {
    let parts = listen.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let port = UInt16(parts[1]), !parts[0].isEmpty else {
      console.error("'\(listen)' is no address", help: "such as 127.0.0.1:8080; port 0 is any")
      return ExitCode.usage
    }
    let host = String(parts[0])
    let isMade = environment["SNAPSH_TOKEN"] == nil
    let token = environment["SNAPSH_TOKEN"] ?? Token.random()
    guard !token.isEmpty else {
      console.error("SNAPSH_TOKEN is empty", help: "unset it, and a token is made")
      return ExitCode.authentication
    }
    let console = console
    let cloud: LocalCloud
    do { cloud = try await store.open(isLogged: true) } catch {
      console.error(
        "the local cloud in \(store.name) can't be opened: \(error)",
        help: store.help(after: error))
      return ExitCode.failed
    }
    do {
      let server = LocalCloudServer(cloud: cloud, host: host, port: Int(port), token: token)
      let serving = Task {
        try await server.run { port in
          console.note("serving \(store.name) at http://\(host):\(port)\(Endpoint.basePath)")
          if isMade { console.note("token, shown once: SNAPSH_TOKEN=\(token)") }
        }
      }
      Signals.onStop { serving.cancel() }
      try await serving.value
      return ExitCode.done
    } catch let error as LocalCloudError {
      console.error(error.description)
    } catch {
      console.error("the server ended: \(error)")
    }
    return ExitCode.failed
  }
}
