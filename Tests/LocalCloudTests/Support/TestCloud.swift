import CloudAPI
import Dispatch
import LocalCloud
import OrderedJSON
import Synchronization

/// A data folder of its own, with the slice `web-01`, served on loopback while `body` runs.
struct TestCloud: Sendable {
  let folder: TemporaryFolder
  let cloud: LocalCloud
  let port: Int
  /// Where the images are; nil for files in the folder.
  var ceph: TestCeph?

  static let token = "correct-horse"

  static func serve(
    pageSize: Int = 100, size: Int = 256 << 10,
    checkpoint: @escaping @Sendable (FileDiskStore.Checkpoint) throws -> Void = { _ in },
    _ body: @escaping @Sendable (TestCloud) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let store = try FileDiskStore(
      folder: folder.path, methods: [.copyFileRange, .readWrite], checkpoint: checkpoint)
    let cloud = try await LocalCloud(folder: folder.path, store: store, pageSize: pageSize)
    let slice = try await cloud.addSlice(name: "web-01", size: size)
    try writeFile(slice.disk, noise(size))
    try await serve(cloud, in: folder, body)
  }

  /// As above, on any kind of store.
  static func serve(
    on kind: StoreKind, pageSize: Int = 100, size: Int = 256 << 10,
    _ body: @escaping @Sendable (TestCloud) async throws -> Void
  ) async throws {
    guard kind == .ceph else { return try await serve(pageSize: pageSize, size: size, body) }
    let folder = try TemporaryFolder()
    let ceph = try TestCeph()
    let cloud = try await LocalCloud(
      storage: try ceph.storage(in: folder), pageSize: pageSize)
    let slice = try await cloud.addSlice(name: "web-01", size: size)
    try ceph.write(noise(size), to: slice.id)
    try await serve(cloud, in: folder) { served in
      var served = served
      served.ceph = ceph
      try await body(served)
    }
  }

  func read(_ image: DiskImage) throws -> [UInt8] {
    if let ceph { return try ceph.read(image) }
    return switch image {
    case .disk(let slice): try readFile("\(folder.path)/disks/\(slice).img")
    case .snapshot(let snapshot): try readFile("\(folder.path)/snapshots/\(snapshot.id).img")
    }
  }

  func write(_ bytes: [UInt8], to slice: SliceID, at offset: Int) throws {
    if let ceph { return try ceph.write(bytes, to: slice, at: offset) }
    try writeFile("\(folder.path)/disks/\(slice).img", bytes, at: offset)
  }

  /// The numbers of the snapshots that are stored.
  func storedSnapshots() throws -> [String] {
    guard let ceph else {
      return try names(in: folder.path + "/snapshots").map { String($0.dropLast(".img".count)) }
    }
    return try ceph.names().compactMap { name in
      name.split(separator: "@").dropFirst().first.map(String.init)
    }
  }

  /// Serves `cloud`, and returns when the server has ended.
  static func serve(
    _ cloud: LocalCloud, in folder: TemporaryFolder,
    _ body: @escaping @Sendable (TestCloud) async throws -> Void
  ) async throws {
    let server = LocalCloudServer(cloud: cloud, port: 0, token: token)
    let (ports, ready) = AsyncStream<Int>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { ready.finish() }
        try await server.run { ready.yield($0) }
      }
      for await port in ports {
        do {
          try await body(TestCloud(folder: folder, cloud: cloud, port: port))
        } catch {
          group.cancelAll()
          throw error
        }
        break
      }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(Endpoint.basePath)\(path)" }
}

/// Holds the thread that works on a disk at a checkpoint until the test lets it go.
final class Gate: Sendable {
  private let checkpoint: FileDiskStore.Checkpoint
  private let opened = DispatchSemaphore(value: 0)
  private let reached: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)

  init(_ checkpoint: FileDiskStore.Checkpoint) {
    self.checkpoint = checkpoint
    reached = AsyncStream.makeStream()
  }

  /// For the thread that works.
  func pass(_ reached: FileDiskStore.Checkpoint) {
    guard reached == checkpoint else { return }
    self.reached.continuation.yield()
    opened.wait()
  }

  /// Returns when a thread stands at the gate.
  func waitUntilReached() async { for await _ in reached.stream { return } }

  /// Lets one thread pass.
  func open() { opened.signal() }
}

/// Tells one task that another has come somewhere.
final class Flag: Sendable {
  private let state = Mutex(false)
  var isRaised: Bool { state.withLock { $0 } }
  func raise() { state.withLock { $0 = true } }
}
