import Synchronization

/// The settings of a session, of which `set` changes some while it lasts. Any thread may read them.
package final class CurrentSettings: Sendable {
  private let current: Mutex<Settings>

  package init(_ settings: Settings) { current = Mutex(settings) }

  package var value: Settings { current.withLock { $0 } }

  /// - Throws: `SettingError` when `text` is no value of the option; nothing has changed then.
  func set(_ option: Option, to text: String?) throws(SettingError) {
    try current.withLock { (settings) throws(SettingError) in try settings.set(option, to: text) }
  }

  /// Takes over what a run that is resumed was begun with; of two limits the lower one counts.
  func take(zone: String, mostDeletions: Int?) {
    current.withLock { $0.take(zone: zone, mostDeletions: mostDeletions) }
  }

  func restore(_ settings: Settings) { current.withLock { $0 = settings } }
}
