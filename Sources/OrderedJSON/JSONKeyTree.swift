import Glibc

/// The keys of the objects so far: a node is a key after the keys above it, so that objects with the
/// same keys in the same order end at the same node.
final class JSONKeyTree {
  private struct Node {
    /// The key with its quotes, and zeros up to a whole number of words.
    var key: UnsafeMutablePointer<UInt8>
    var count: Int
    /// Whether the writer would write the key so.
    var isCanonical: Bool
    var parent: Int
    /// The child that came last; 0 when there is none.
    var expected = 0
    var firstChild = 0
    var nextSibling = 0
  }

  private var nodes: UnsafeMutablePointer<Node>
  private var names: [String] = [""]
  /// Objects that are used as dictionaries must not fill the memory.
  private static let most = 4096

  init() {
    nodes = .allocate(capacity: Self.most)
    nodes.initialize(
      to: Node(key: .allocate(capacity: 1), count: 0, isCanonical: true, parent: 0))
  }

  deinit {
    for index in names.indices { nodes[index].key.deallocate() }
    nodes.deallocate()
  }

  static let root = 0

  /// The names from the first down to that of `node`.
  func names(downTo node: Int) -> [String] {
    var path: [String] = []
    var node = node
    while node != Self.root {
      path.append(names[node])
      node = nodes[node].parent
    }
    return path.reversed()
  }

  @inline(__always)
  func isCanonical(_ node: Int) -> Bool { nodes[node].isCanonical }

  /// The bytes of a node's key and its quotes.
  @inline(__always)
  func count(_ node: Int) -> Int { nodes[node].count }

  /// The node below `node` of the key that begins with the quote at `text`; nil when no string is
  /// there, when it is there above already, or when there are too many.
  @inline(__always)
  func child(of node: Int, at text: UnsafePointer<UInt8>) -> Int? {
    let expected = nodes[node].expected
    return expected != 0 && isKey(expected, at: text) ? expected : other(of: node, at: text)
  }

  @inline(__always)
  private func isKey(_ node: Int, at text: UnsafePointer<UInt8>) -> Bool {
    let (key, count) = (UnsafePointer(nodes[node].key), nodes[node].count)
    var at = 0
    while at + 8 <= count {
      if ByteWord.load(key + at) != ByteWord.load(text + at) { return false }
      at += 8
    }
    let rest = UInt64(count - at)
    return rest == 0 || (ByteWord.load(key + at) ^ ByteWord.load(text + at)) << (64 - 8 * rest) == 0
  }

  @inline(never)
  private func other(of node: Int, at text: UnsafePointer<UInt8>) -> Int? {
    var child = nodes[node].firstChild
    while child != 0, !isKey(child, at: text) { child = nodes[child].nextSibling }
    if child == 0 {
      guard let added = added(to: node, at: text) else { return nil }
      child = added
    }
    nodes[node].expected = child
    return child
  }

  private func added(to parent: Int, at text: UnsafePointer<UInt8>) -> Int? {
    guard names.count < Self.most, let (name, end) = JSONField.string(at: text) else { return nil }
    var above = parent
    while above != Self.root {
      if names[above] == name { return nil }
      above = nodes[above].parent
    }
    let count = end - text
    let key = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 8)
    key.initialize(repeating: 0, count: count + 8)
    key.update(from: text, count: count)
    var written = JSONText()
    written.append(name)
    let node = names.count
    (nodes + node).initialize(
      to: Node(
        key: key, count: count,
        isCanonical: written.bytes.elementsEqual(UnsafeBufferPointer(start: text, count: count)),
        parent: parent, nextSibling: nodes[parent].firstChild))
    nodes[parent].firstChild = node
    names.append(name)
    return node
  }
}
