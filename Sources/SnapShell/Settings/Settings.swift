import SnapCompletion
package import SnapCommands
import SnapLanguage
import SnapRun

/// The settings of a run, from the one table of `Option`s.
@dynamicMemberLookup
package struct Settings: Sendable {
  package let profile: String
  package let isProduction: Bool
  package let cloud: Cloud
  package let store: LocalStore
  package let folders: Folders
  let file: ConfigFile
  private(set) var values: OptionValues
  private var options: Options
  private let policies: [String: [String: String]]

  package enum Cloud: Sendable {
    /// The one inside the program.
    case local
    case remote(endpoint: String, CredentialSource)
    /// What is wrong; said when the cloud is needed, for much can be done without one.
    case unusable(SettingError)
  }

  /// How a person is told at the prompt that long work has ended.
  package enum Notify: String, CaseIterable, Sendable {
    case bell
    /// The bell, and a message of the terminal's window (OSC 9).
    case message
    case off
  }

  package enum Color: String, CaseIterable, Sendable { case auto, always, never }

  /// The endpoint as the journal names it; the local cloud's port is another in each process.
  package var endpointName: String {
    switch cloud {
    case .local: "local:\(store.name)"
    case .remote(let endpoint, _): endpoint
    case .unusable: "none"
    }
  }

  package subscript<Value>(dynamicMember path: KeyPath<Options, Value>) -> Value {
    options[keyPath: path]
  }

  static let localName = "local"
  static let defaultEndpoint = "https://cloud.syminet.com/api/v1"

  /// - Parameters:
  ///   - flags: the options of the command line; a switch has the text `true`.
  ///   - environment: the process's.
  /// - Throws: `SettingError`.
  package init(
    flags: [Option: String], environment: [String: String]
  ) throws(SettingError) {
    let folders = Folders(environment: environment)
    let file = try ConfigFile(
      path: environment["SNAPSH_CONFIG"] ?? "\(folders.config)/config.toml",
      mustExist: environment["SNAPSH_CONFIG"] != nil)
    let chosen = flags[.profile] ?? environment[Option.profile.variable] ?? file.defaultProfile
    let table = file.profiles[chosen ?? ""]
    if let chosen, table == nil, chosen != Self.localName {
      let names = Array(file.profiles.keys) + [Self.localName]
      throw SettingError(
        "there is no profile '\(chosen)'",
        help: Suggestions.help(for: chosen, among: names)
          ?? "profiles: \(names.sorted().joined(separator: " "))")
    }
    let values = OptionValues(flags: flags, environment: environment, profile: table)
    let cloud: Cloud
    do { cloud = try Self.cloud(chosen, table, values, environment) } catch {
      cloud = .unusable(error)
    }
    self.cloud = cloud
    profile = Self.label(chosen, cloud, values)
    isProduction = table?.isProduction ?? false
    self.folders = folders
    self.file = file
    self.values = values
    options = try Options(values)
    policies = Self.policies(table, file, cloud)
    store = try LocalStore(
      store: values[.store], configuration: values[.cephConf], user: values[.cephUser],
      folder: values[.data].map(Folders.absolute) ?? folders.localCloud,
      cache: folders.cache)
  }

  /// Those of the profile; the local cloud's profile need not be named to be meant.
  private static func policies(
    _ table: ConfigFile.Profile?, _ file: ConfigFile, _ cloud: Cloud
  ) -> [String: [String: String]] {
    if let table { return table.policies }
    guard case .local = cloud else { return [:] }
    return file.profiles[localName]?.policies ?? [:]
  }

  mutating func take(zone: String, mostDeletions: Int?) {
    if let zone = ZoneFile.zone(zone, environment: values.environment) { options.zone = zone }
    options.limits.mostDeletions =
      [options.limits.mostDeletions, mostDeletions].compactMap(\.self).min()
  }

  /// What they say for the commands about policy.
  package var policy: PolicySettings {
    var policy = PolicySettings()
    policy.zone = options.zone
    policy.policies = policies
    return policy
  }

  /// Sets an option, or gives it back its value from outside the session.
  ///
  /// - Throws: `SettingError` when `text` is no value of it; nothing has changed then.
  mutating func set(_ option: Option, to text: String?) throws(SettingError) {
    var values = values
    values.session[option] = text
    options = try Options(values)
    self.values = values
  }

  /// The names of the profiles; none when the file can't be read.
  static func profiles(environment: [String: String]) -> [String] {
    let path =
      environment["SNAPSH_CONFIG"]
      ?? "\(Folders(environment: environment).config)/config.toml"
    let names = (try? ConfigFile(path: path, mustExist: false))?.profiles.keys.sorted() ?? []
    return names + (names.contains(localName) ? [] : [localName])
  }

  /// Where the list of this cloud's snapshots is kept; nil when there is no cloud.
  var listFile: ListFile? {
    switch cloud {
    case .local:
      ListFile(folder: folders.cache, profile: profile, cloud: "\(Self.localName) \(store.name)")
    case .remote(let endpoint, _):
      ListFile(folder: folders.cache, profile: profile, cloud: endpoint)
    case .unusable: nil
    }
  }

  /// The name in the prompt and in questions: never that of a profile whose cloud isn't meant.
  private static func label(_ chosen: String?, _ cloud: Cloud, _ values: OptionValues) -> String {
    switch cloud {
    case .local: return chosen ?? localName
    case .remote(let endpoint, _):
      if let chosen, values.source(of: .endpoint) == .profile { return chosen }
      let host = endpoint.split(separator: "/").dropFirst().first
      return host.map(String.init) ?? endpoint
    case .unusable: return chosen ?? "none"
    }
  }

  private static func cloud(
    _ chosen: String?, _ table: ConfigFile.Profile?, _ values: OptionValues,
    _ environment: [String: String]
  ) throws(SettingError) -> Cloud {
    let token = environment["SNAPSH_TOKEN"]
    let endpoint = values[.endpoint]
    let isLocalByFlag = values.flags[.profile] == localName && values.flags[.endpoint] == nil
    if isLocalByFlag || endpoint == localName || (endpoint == nil && chosen == localName) {
      return .local
    }
    if endpoint == nil, chosen == nil, token == nil { return .local }
    let address = endpoint ?? defaultEndpoint
    if let token { return .remote(endpoint: address, .token(token)) }
    // A profile's token belongs to the profile's endpoint and is sent to no other.
    if values.source(of: .endpoint) != .profile, endpoint != nil, table?.credential != nil {
      throw SettingError(
        "the endpoint was given by hand, and the profile's token is not for it",
        help: "give its token in SNAPSH_TOKEN", isAboutCredential: true)
    }
    guard let credential = table?.credential else {
      throw SettingError(
        "there is no token for \(address)",
        help: "set SNAPSH_TOKEN, or token_command in the profile; 'local' needs none",
        isAboutCredential: true)
    }
    return .remote(endpoint: address, credential)
  }
}

extension ConfigFile.Profile {
  fileprivate var credential: CredentialSource? {
    if let token = values["token"] { return .token(token) }
    if let path = values["token_file"] { return .file(path) }
    return values["token_command"].map(CredentialSource.command)
  }
}
