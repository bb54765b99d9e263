import Glibc

/// Numbers by bytes.
///
/// An open-addressed table with its keys in one piece of memory, for a look-up in each of many rows.
struct ByteTable {
  private struct Entry {
    var hash: UInt64
    var start: Int
    var count: Int
    var number: Int
  }

  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// Indices of entries, -1 for none; at least twice as many as entries, a power of two.
  private var places = [Int32](repeating: -1, count: 64)
  /// So that nobody can choose keys that all have one place.
  private let seed = UInt64.random(in: .min ... .max)

  /// Nil for bytes that have none.
  func number(of key: UnsafeRawBufferPointer) -> Int? {
    let hash = hash(key)
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] >= 0 {
      let entry = entries[Int(places[place])]
      if entry.hash == hash, isKey(of: entry, key) { return entry.number }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// `key` has no number yet.
  mutating func add(_ key: UnsafeRawBufferPointer, _ number: Int) {
    entries.append(Entry(hash: hash(key), start: bytes.count, count: key.count, number: number))
    bytes += key
    if entries.count * 2 > places.count {
      places = [Int32](repeating: -1, count: places.count * 4)
      for index in entries.indices { place(index) }
    } else {
      place(entries.count - 1)
    }
  }

  private func isKey(of entry: Entry, _ key: UnsafeRawBufferPointer) -> Bool {
    guard entry.count == key.count, let start = key.baseAddress else { return entry.count == 0 }
    return bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp($0 + entry.start, start, entry.count) == 0 } ?? false
    }
  }

  private mutating func place(_ index: Int) {
    var place = Int(truncatingIfNeeded: entries[index].hash) & (places.count - 1)
    while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
    places[place] = Int32(index)
  }

  private func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
    var hash = seed ^ UInt64(key.count)
    func mix(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      hash = product.high ^ product.low
    }
    var at = 0
    while at + 8 <= key.count {
      mix(key.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var rest: UInt64 = 0
    for byte in key[at...] { rest = rest << 8 | UInt64(byte) }
    mix(rest)
    return hash
  }
}
