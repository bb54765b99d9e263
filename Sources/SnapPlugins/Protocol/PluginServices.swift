package import SnapLanguage

/// What the program does for plugins while a call of theirs is open.
package protocol PluginServices: AnyObject, Sendable {
  /// Whether changes are only shown.
  var isDryRun: Bool { get }
  /// Whether a person can be asked.
  var isInteractive: Bool { get }
  /// The name of the time zone in which times are shown.
  var zone: String { get }

  /// The rows of `ls` or `slices`.
  ///
  /// - Throws: `Failure`, or `Cancelled`.
  func rows(_ request: PluginRead, _ host: any Host) throws -> Value

  /// Has the executor make changes: `verb` is a command's name, each item a record with `snapshot`,
  /// `slice` and `name` as the command wants them.
  ///
  /// - Throws: `Failure`, or `Cancelled`.
  func change(
    _ verb: String, _ items: [Value], waits: Bool, _ host: any Host, at span: Span
  ) throws -> Value

  /// A person's yes or no.
  ///
  /// - Throws: `Failure` when nobody can be asked, or `Cancelled`.
  func ask(_ question: String, for plugin: String, _ host: any Host) throws -> Bool

  func show(_ progress: PluginProgress?, of plugin: String)

  /// A line of the plugin's for a person.
  func log(_ text: String, from plugin: String)
}

/// What a plugin wants to read.
package struct PluginRead: Sendable {
  package let wantsSlices: Bool
  package let query: String?
  package let slice: Value?

  package init(wantsSlices: Bool = false, query: String? = nil, slice: Value? = nil) {
    self.wantsSlices = wantsSlices
    self.query = query
    self.slice = slice
  }
}

package struct PluginProgress: Sendable {
  package let done: Int?
  package let total: Int?
  package let text: String
}
