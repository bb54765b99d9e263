import Foundation
import SnapOutput
import SnapRun
import TerminalKit
import Testing

@testable import SnapShell

struct SettingsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func settings(
    config: String? = nil, mode: Int = 0o600, flags: [Option: String] = [:],
    environment: [String: String] = [:]
  ) throws -> Settings {
    var environment = environment
    environment["HOME"] = folder.path
    if let config {
      let path = folder.file("config.toml")
      try config.write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      environment["SNAPSH_CONFIG"] = path
    }
    return try Settings(flags: flags, environment: environment)
  }

  private static let profiles = """
    default_profile = "one"
    [profiles.one]
    endpoint = "https://one.example/api/v1"
    token = "secret"
    output = "csv"
    jobs = 2
    [profiles.two]
    endpoint = "https://two.example/api/v1"
    token_file = "/nowhere"
    production = true
    """

  @Test("Without any setting it is the local cloud, as a table")
  func defaults() throws {
    let settings = try settings()
    #expect(settings.profile == "local")
    #expect(settings.output == .table)
    #expect(settings.limits.jobs == 4)
    guard case .local = settings.cloud else {
      Issue.record("not the local cloud")
      return
    }
  }

  @Test("A flag outdoes a variable, that a profile, and that the default")
  func precedence() throws {
    let variable = ["SNAPSH_OUTPUT": "yaml"]
    #expect(
      try settings(config: Self.profiles, flags: [.output: "json"], environment: variable).output
        == .json)
    #expect(try settings(config: Self.profiles, environment: variable).output == .yaml)
    #expect(try settings(config: Self.profiles).output == .csv)
    #expect(try settings(config: Self.profiles).limits.jobs == 2)
    #expect(try settings(config: Self.profiles, flags: [.profile: "two"]).output == .table)
  }

  @Test("A profile is chosen by flag, variable, or the file")
  func choiceOfProfile() throws {
    #expect(try settings(config: Self.profiles).profile == "one")
    let variable = ["SNAPSH_PROFILE": "two"]
    let two = try settings(config: Self.profiles, environment: variable)
    #expect(two.profile == "two")
    #expect(two.isProduction)
    #expect(
      try settings(config: Self.profiles, flags: [.profile: "local"], environment: variable).profile
        == "local")
  }

  @Test("A mistyped profile is an error that names the near one")
  func mistypedProfile() {
    let error = #expect(throws: SettingError.self) {
      try settings(config: Self.profiles, flags: [.profile: "tow"])
    }
    #expect(error?.help == "did you mean 'two'?")
  }

  @Test("A profile's token is not sent to an endpoint that was given by hand")
  func tokenBelongsToItsEndpoint() throws {
    let settings = try settings(
      config: Self.profiles, flags: [.endpoint: "https://evil.example/api/v1"])
    guard case .unusable = settings.cloud else {
      Issue.record("the profile's token would be sent")
      return
    }
    let other = try self.settings(
      config: Self.profiles, flags: [.endpoint: "https://other.example/api/v1"],
      environment: ["SNAPSH_TOKEN": "other"])
    guard case .remote("https://other.example/api/v1", .token("other")) = other.cloud else {
      Issue.record("the token given by hand is not used")
      return
    }
  }

  @Test("A file with a token that others can read is refused", arguments: [0o640, 0o604, 0o644])
  func readableTokenIsRefused(_ mode: Int) {
    let error = #expect(throws: SettingError.self) {
      try settings(config: Self.profiles, mode: mode)
    }
    #expect(error?.isAboutCredential == true)
  }

  @Test("A remote cloud without a token is refused, and nothing else is tried")
  func missingToken() throws {
    let settings = try settings(environment: ["SNAPSH_ENDPOINT": "https://a.example/api/v1"])
    guard case .unusable(let error) = settings.cloud else {
      Issue.record("a cloud without a token")
      return
    }
    #expect(error.isAboutCredential)
  }

  @Test(
    "A wrong file is refused with its place or its key",
    arguments: [
      ("profiles = 3", "'profiles' must be tables"), ("colour = \"x\"", "unknown key 'colour'"),
      ("[profiles.a]\nendpont = \"x\"", "unknown key 'endpont'"), ("[profiles.a\n", ":1:"),
      ("[profiles.a]\ntoken = \"x\"\ntoken_file = \"y\"", "token and token_file"),
      ("[profiles.a]\njobs = [1]", "'jobs' must be a text or a number"),
    ])
  func wrongFile(_ text: String, _ part: String) {
    let error = #expect(throws: SettingError.self) { try settings(config: text) }
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
  }

  @Test(
    "A wrong value is refused with the name of where it stands",
    arguments: [
      ([Option.jobs: "0"], [:], "--jobs must be a number from 1, not '0'"),
      ([:], ["SNAPSH_RATE": "fast"], "SNAPSH_RATE must be"),
      ([.stopAfter: "120%"], [:], "--stop-after must be"),
      ([.timeout: "5 parsecs"], [:], "--timeout must be a duration"),
      ([.color: "red"], [:], "--color must be one of auto, always, never"),
      ([.zone: "Europe/Nowhere"], [:], "--zone must be a time zone"),
    ] as [([Option: String], [String: String], String)])
  func wrongValue(_ flags: [Option: String], _ environment: [String: String], _ part: String) {
    let error = #expect(throws: SettingError.self) {
      try settings(flags: flags, environment: environment)
    }
    #expect(error?.message.hasPrefix(part) == true, "\(error?.message ?? "")")
  }

  @Test("Limits are read in their forms")
  func limits() throws {
    let settings = try settings(
      flags: [.stopAfter: "10%", .rate: "2.5/s", .maxDeletes: "7", .timeout: "2min"])
    #expect(settings.limits.stopAfter == .percent(10))
    #expect(settings.limits.rate == 2.5)
    #expect(settings.limits.mostDeletions == 7)
    #expect(settings.timeout == .seconds(120))
  }
}
