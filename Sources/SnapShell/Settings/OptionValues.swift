import Retention
import SnapLanguage
import SnapRun

/// The options' texts by precedence, and their readings.
struct OptionValues {
  let flags: [Option: String]
  let environment: [String: String]
  let profile: ConfigFile.Profile?
  /// What `set` has set since.
  var session: [Option: String] = [:]

  enum Source: Equatable { case session, flag, variable, profile, none }

  func source(of option: Option) -> Source {
    if session[option] != nil { return .session }
    if flags[option] != nil { return .flag }
    if environment[option.variable] != nil { return .variable }
    if let key = option.profileKey, profile?.values[key] != nil { return .profile }
    return .none
  }

  subscript(option: Option) -> String? {
    switch source(of: option) {
    case .session: session[option]
    case .flag: flags[option]
    case .variable: environment[option.variable]
    case .profile: option.profileKey.flatMap { profile?.values[$0] }
    case .none: option.defaultValue
    }
  }

  private func error(_ option: Option, _ text: String, _ wanted: String) -> SettingError {
    let name =
      switch source(of: option) {
      case .session: "'\(option.rawValue)'"
      case .flag, .none: option.flag
      case .variable: option.variable
      case .profile: "'\(option.profileKey ?? "")' of the profile"
      }
    return SettingError("\(name) must be \(wanted), not '\(text)'")
  }

  func isSet(_ option: Option) throws(SettingError) -> Bool {
    switch self[option] {
    case nil, "", "0", "false", "no": return false
    case "1", "true", "yes": return true
    case let text?: throw error(option, text, "1 or 0")
    }
  }

  func count(_ option: Option, least: Int) throws(SettingError) -> Int? {
    guard let text = self[option] else { return nil }
    guard let count = Int(text), count >= least else {
      throw error(option, text, "a number from \(least)")
    }
    return count
  }

  func duration(_ option: Option) throws(SettingError) -> Duration? {
    guard let text = self[option] else { return nil }
    guard let duration = Units.duration(text), duration > 0 else {
      throw error(option, text, "a duration such as 30s")
    }
    return .microseconds(duration)
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ option: Option, _ type: Choice.Type
  ) throws(SettingError) -> Choice? {
    guard let text = self[option] else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw error(option, text, "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  func rate() throws(SettingError) -> Double? {
    guard let text = self[.rate] else { return nil }
    let number = text.hasSuffix("/s") ? String(text.dropLast(2)) : text
    guard let rate = Double(number), rate > 0, rate.isFinite else {
      throw error(.rate, text, "a number of changes a second, such as 5/s")
    }
    return rate
  }

  func stopAfter() throws(SettingError) -> Limits.StopAfter? {
    guard let text = self[.stopAfter] else { return nil }
    guard let limit = Limits.StopAfter(text) else {
      throw error(.stopAfter, text, "a number of failures or a percentage")
    }
    return limit
  }

  func zone() throws(SettingError) -> Zone {
    guard let text = self[.zone] else { return .utc }
    guard let zone = ZoneFile.zone(text, environment: environment) else {
      throw error(.zone, text, "a time zone of this machine, such as UTC or Europe/Berlin")
    }
    return zone
  }
}
