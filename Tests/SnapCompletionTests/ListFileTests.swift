import Glibc
import SnapCompletion
import Testing

/// The list that is kept from one session to the next.
struct ListFileTests {
  private final class Folder {
    let path: String

    init() throws {
      var template = Array("/tmp/list-XXXXXX".utf8CString)
      path = try #require(mkdtemp(&template)).withMemoryRebound(to: CChar.self, capacity: 1) {
        String(cString: $0)
      }
    }

    deinit { _ = system("rm -r '\(path)'") }

    func file(_ profile: String = "work", cloud: String = "https://one") -> ListFile {
      ListFile(folder: path, profile: profile, cloud: cloud)
    }

    func bytes(of path: String) throws -> [UInt8] {
      let file = try #require(fopen(path, "r"))
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 10_000_000)
      return Array(bytes.prefix(fread(&bytes, 1, bytes.count, file)))
    }

    func write(_ bytes: [UInt8], to path: String) throws {
      let file = try #require(fopen(path, "w"))
      #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
      fclose(file)
    }
  }

  private let folder: Folder

  init() throws { folder = try Folder() }

  private func session(_ file: ListFile) -> Session {
    var session = Session()
    session.index = SnapshotIndex(file: file)
    return session
  }

  @Test func `what one session has read, the next one offers`() {
    let first = session(folder.file())
    #expect(first.texts("restore ‸") == [])
    first.index.noteSlices([SnapshotIndex.Slice(id: 9000, name: "empty", region: "ams")])
    first.index.replace(Session.sample, at: Session.now)
    let next = session(folder.file())
    #expect(next.index.state == IndexState(time: Session.now))
    for text in [
      "restore ‸", "restore größe‸", "restore 149‸", "create ‸", "create b‸", "restore db-‸",
      "ls | where region == ‸", "ls | where name == up‸",
    ] {
      let offered = first.complete(text).candidates
      #expect(next.complete(text).candidates == offered)
      #expect(!offered.isEmpty)
    }
    #expect(next.texts("create emp‸") == ["empty"])
  }

  @Test func `the file is its user's alone and nothing else stays in the folder`() throws {
    let file = folder.file("wörk/../x")
    session(file).index.replace(Session.sample, at: Session.now)
    session(file).index.replace(Session.sample, at: Session.now)
    var status = stat()
    #expect(stat(file.path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o600)
    #expect(system("test $(ls -A '\(folder.path)' | wc -l) = 1") == 0)
  }

  @Test func `another profile and another cloud have other files`() {
    session(folder.file()).index.replace(Session.sample, at: Session.now)
    #expect(session(folder.file("play")).texts("restore ‸") == [])
    #expect(session(folder.file(cloud: "https://two")).texts("restore ‸") == [])
    #expect(session(folder.file()).texts("restore ‸").count == 6)
  }

  @Test func `a list of another cloud under this one's name is ignored`() throws {
    session(folder.file()).index.replace(Session.sample, at: Session.now)
    let other = folder.file(cloud: "https://two")
    try folder.write(try folder.bytes(of: folder.file().path), to: other.path)
    #expect(session(other).texts("restore ‸") == [])
  }

  @Test func `a file that can't be written costs nothing but the file`() {
    let file = ListFile(folder: folder.path + "/nowhere", profile: "work", cloud: "x")
    let session = session(file)
    session.index.replace(Session.sample, at: Session.now)
    #expect(session.texts("restore bef‸") == ["before-upgrade"])
  }

  @Test func `a file that was cut off anywhere is ignored`() throws {
    let file = folder.file()
    session(file).index.replace(Session.sample, at: Session.now)
    let whole = try folder.bytes(of: file.path)
    for length in Array(stride(from: 0, to: 400, by: 7)) + [whole.count / 2, whole.count - 1] {
      try folder.write(Array(whole.prefix(length)), to: file.path)
      #expect(session(file).texts("restore ‸") == [], "\(length) bytes")
    }
    try folder.write(whole + [0], to: file.path)
    #expect(session(file).texts("restore ‸") == [])
  }

  @Test func `a file with any damaged bytes brings nothing down`() throws {
    let file = folder.file()
    session(file).index.replace(Session.sample, at: Session.now)
    let whole = try folder.bytes(of: file.path)
    for seed in 0..<150 {
      var damaged = whole
      // Beyond the head, whose checksum finds every change.
      for index in 0..<40 {
        damaged[264 + (seed * 97 + index * 31) % 700] = UInt8(
          truncatingIfNeeded: seed &* 37 &+ index)
      }
      try folder.write(damaged, to: file.path)
      let session = session(file)
      for text in [
        "restore ‸", "restore up‸", "restore 1‸", "restore web‸", "create ‸", "create 3‸",
      ] {
        _ = session.complete(text)
      }
    }
    var damaged = whole
    damaged[20] ^= 1
    try folder.write(damaged, to: file.path)
    #expect(session(file).texts("restore ‸") == [])
  }

  @Test func `what was learned since stands before what the file says`() {
    session(folder.file()).index.replace(Session.sample, at: Session.now)
    let session = session(folder.file())
    session.index.remove(id: 15258)
    session.index.rename(id: 77, to: "zuerich")
    session.index.merge(
      [SnapshotIndex.Snapshot(id: 20000, name: "upgrade-2", created: Session.now)],
      at: Session.now)
    #expect(session.texts("restore before‸") == [])
    #expect(session.texts("restore z‸") == ["zuerich"])
    #expect(session.texts("restore größe‸") == [])
    #expect(session.texts("restore upgrade-2‸") == ["20000", "1490"])
    #expect(session.texts("restore ‸").first == "20000")
    session.index.replace(Session.sample, at: Session.now)
    #expect(session.texts("restore before‸") == ["before-upgrade"])
  }
}
