import CephStore
import CloudAPI
import LocalCloud
import Testing

/// A namespace of its own in the cluster that `scripts/test --ceph` has started, and its images as
/// Ceph's own Python library reads and writes them.
struct TestCeph: Sendable {
  /// The folder of the cluster; nil when the tests were started without one.
  static var cluster: String? { environmentValue("SNAPSH_TEST_CEPH") }

  let configuration: String
  let namespace: String
  let address: CephAddress

  init() throws {
    configuration = try #require(Self.cluster) + "/ceph.conf"
    namespace = "t\(UInt64.random(in: .min ... .max))"
    address = try CephAddress(
      "ceph://slices/\(namespace)", configuration: configuration, user: "snapsh")
  }

  func storage(in folder: TemporaryFolder, lease: Duration = .seconds(15)) throws -> CloudStorage {
    try CloudStorage(ceph: address, cache: folder.path + "/cache", lease: lease)
  }

  func read(_ image: DiskImage) throws -> [UInt8] {
    let (name, snapshot) = name(of: image)
    let file = try TemporaryFolder()
    try python(
      """
      try: image = rbd.Image(pool, "\(name)", snapshot=\(snapshot), read_only=True)
      except rbd.ImageNotFound: image = rbd.Image(pool, "\(name.replacing("slice", with: "removed"))", snapshot=\(snapshot), read_only=True)
      open("\(file.path)/image", "wb").write(image.read(0, image.size()))
      image.close()
      """)
    return try readFile(file.path + "/image")
  }

  /// Writes `bytes` at `offset`, as a virtual machine would.
  func write(_ bytes: [UInt8], to slice: SliceID, at offset: Int = 0) throws {
    let file = try TemporaryFolder()
    try writeFile(file.path + "/bytes", bytes)
    try python(
      """
      image = rbd.Image(pool, "slice-\(slice)")
      image.write(open("\(file.path)/bytes", "rb").read(), \(offset))
      image.close()
      """)
  }

  /// The names of the images, and of their snapshots behind an @.
  func names() throws -> [String] {
    let file = try TemporaryFolder()
    try python(
      """
      names = []
      for name in rbd.RBD().list(pool):
        image = rbd.Image(pool, name, read_only=True)
        names += [name] + [name + "@" + s["name"] for s in image.list_snaps()]
        image.close()
      open("\(file.path)/names", "w").write("\\n".join(sorted(names)))
      """)
    return String(decoding: try readFile(file.path + "/names"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  private func name(of image: DiskImage) -> (name: String, snapshot: String) {
    switch image {
    case .disk(let slice): ("slice-\(slice)", "None")
    case .snapshot(let snapshot): ("slice-\(snapshot.slice)", "\"\(snapshot.id)\"")
    }
  }

  private func python(_ code: String) throws {
    let script = """
      import rados, rbd
      cluster = rados.Rados(conffile="\(configuration)")
      cluster.connect(timeout=30)
      pool = cluster.open_ioctx("slices")
      pool.set_namespace("\(namespace)")
      \(code.split(separator: "\n").joined(separator: "\n"))
      pool.close()
      cluster.shutdown()
      """
    guard runBlocking(["/usr/bin/python3", "-c", script]) == 0 else {
      throw SystemCallError(call: "python3", path: "rbd", code: 5)
    }
  }
}

/// The stores that the tests of the API run on.
enum StoreKind: String, CaseIterable, Sendable {
  case files, ceph

  /// Those that are there: Ceph's only in `scripts/test --ceph`.
  static let all = TestCeph.cluster == nil ? [StoreKind.files] : allCases
}
