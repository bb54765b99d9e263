import OrderedJSON
import SnapLanguage

/// A call that a plugin works on: what it may do while it does, and for whom.
final class OpenCall {
  let id: Int
  let plugin: Plugin
  let host: any Host
  let span: Span
  /// Whether the command is declared as one that changes something.
  let mayChange: Bool
  /// What is piped into the command.
  var input: OutgoingStream?
  /// Why the call has failed, whatever the plugin makes of it.
  var failure: (any Error)?
  var isCancelTold = false
  /// Called once, when the plugin is free again.
  var atEnd: (PluginConnection) -> Void = { _ in }
  /// Lines that were shown of what the plugin has logged.
  var logged = 0

  init(id: Int, plugin: Plugin, host: any Host, span: Span, mayChange: Bool = false) {
    (self.id, self.plugin, self.host, self.span) = (id, plugin, host, span)
    self.mayChange = mayChange
  }

  func checkPermission(_ permission: Manifest.Permission) throws {
    guard plugin.manifest?.permissions.contains(permission) == true else {
      throw Failure(
        .denied, "the plugin '\(plugin.name)' has no permission '\(permission)'",
        help: "its plugin.json would have to ask for it")
    }
  }
}

/// Rows on their way to a plugin.
final class OutgoingStream {
  static let startCredit = 4
  /// As many rows as a message has at most.
  static let batchSize = 500

  let id: Int
  private let rows: RowStream
  private var held: ArraySlice<Value> = []
  private(set) var credit = startCredit
  private(set) var hasEnded = false

  init(id: Int, _ rows: RowStream) {
    self.id = id
    self.rows = rows
  }

  var canSend: Bool { credit > 0 && !hasEnded }

  func add(credit more: Int) { credit += max(0, more) }

  func drop() { hasEnded = true }

  /// Nil at the end, which comes once.
  func next() throws -> ArraySlice<Value>? {
    while held.isEmpty {
      do {
        guard let batch = try rows.next() else {
          hasEnded = true
          return nil
        }
        held = batch[...]
      } catch {
        hasEnded = true
        throw error
      }
    }
    credit -= 1
    let batch = held.prefix(Self.batchSize)
    held = held.dropFirst(Self.batchSize)
    return batch
  }
}

/// Rows on their way from a plugin.
final class IncomingStream {
  var batches: [[Value]] = []
  var hasEnded = false
  var failure: Failure?
  /// How many more batches the plugin may send.
  var credit = OutgoingStream.startCredit
  var reader = WireValues()
  let call: OpenCall

  init(call: OpenCall) { self.call = call }
}

/// Tells a plugin that nobody reads its rows any more, when that is so.
final class StreamEnd {
  private let drop: () -> Void
  init(_ drop: @escaping () -> Void) { self.drop = drop }
  deinit { drop() }
}
