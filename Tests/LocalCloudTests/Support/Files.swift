import Glibc
import LocalCloud

/// What the tests need to know of a file.
struct FileFacts {
  let mode: UInt32
  let size: Int
  /// In bytes; holes take none.
  let allocated: Int

  init(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw SystemCallError(call: "lstat", path: path, code: errno)
    }
    mode = status.st_mode & 0o777
    size = Int(status.st_size)
    allocated = Int(status.st_blocks) * 512
  }
}

func readFile(_ path: String) throws -> [UInt8] {
  guard let file = fopen(path, "r") else {
    throw SystemCallError(call: "fopen", path: path, code: errno)
  }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: try FileFacts(path).size)
  let count = fread(&bytes, 1, bytes.count, file)
  return Array(bytes.prefix(count))
}

/// Writes `bytes` at `offset` of a file, which is made if it isn't there and else stays the same
/// around them.
func writeFile(_ path: String, _ bytes: [UInt8], at offset: Int = 0) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
  defer { close(descriptor) }
  guard descriptor >= 0, pwrite(descriptor, bytes, bytes.count, offset) == bytes.count else {
    throw SystemCallError(call: "pwrite", path: path, code: errno)
  }
}

/// The names of what is in a folder, sorted.
func names(in folder: String) throws -> [String] {
  guard let listing = opendir(folder) else {
    throw SystemCallError(call: "opendir", path: folder, code: errno)
  }
  defer { closedir(listing) }
  var names: [String] = []
  while let entry = readdir(listing) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// Random bytes, the same for the same seed.
func noise(_ count: Int, seed: UInt64 = .random(in: .min ... .max)) -> [UInt8] {
  var state = seed | 1
  return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
    let raw = UnsafeMutableRawBufferPointer(buffer)
    for offset in stride(from: 0, to: count & ~7, by: 8) {
      // xorshift64
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      raw.storeBytes(of: state, toByteOffset: offset, as: UInt64.self)
    }
    for offset in (count & ~7)..<count { raw[offset] = 1 }
    initialized = count
  }
}

func environmentValue(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// Runs a program, for code that isn't `async`; its output goes where the tests' own goes.
func runBlocking(_ words: [String]) -> Int32 {
  var arguments = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var process: pid_t = 0
  guard posix_spawn(&process, words[0], nil, nil, &arguments, environ) == 0 else { return -1 }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  return status
}
