import Foundation
import Testing

/// Where the token comes from, and where it never goes.
@Suite struct CredentialTests {
  private let sandbox: Sandbox
  private let cloud: ScriptedCloud

  init() throws {
    sandbox = try Sandbox()
    cloud = try ScriptedCloud()
  }

  private func profile(_ name: String, _ lines: String...) -> String {
    (["[profiles.\(name)]", "endpoint = \"\(cloud.endpoint)\""] + lines).joined(separator: "\n")
      + "\n"
  }

  /// Runs `ls` and gives the tokens that were sent.
  private func tokensSent(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> [String?] {
    let result = try sandbox.snapsh(["ls", "-q"] + arguments, environment: environment)
    #expect(result.code == 0, "\(result.errors)")
    return cloud.requests.map { $0.headers["authorization"] }
  }

  @Test("a profile's token is sent to its endpoint")
  func token() throws {
    try sandbox.configure(profile("prod", "token = \"abc\""))
    #expect(try tokensSent("--profile", "prod") == ["bearer abc"])
  }

  @Test("token_file is read without the blanks at its ends")
  func tokenFile() throws {
    let file = try sandbox.write("  from-file\n", to: "token")
    try sandbox.configure(profile("prod", "token_file = \"\(file.path)\""))
    #expect(try tokensSent("--profile", "prod") == ["bearer from-file"])
  }

  @Test("token_command is run by sh, and its output is the token")
  func tokenCommand() throws {
    try sandbox.configure(profile("prod", "token_command = \"echo from-$((1+1))\""))
    #expect(try tokensSent("--profile", "prod") == ["bearer from-2"])
  }

  @Test("a token_command that fails is a credential error, and nothing is sent")
  func failingTokenCommand() throws {
    try sandbox.configure(profile("prod", "token_command = \"echo secret; exit 3\""))
    let result = try sandbox.snapsh("ls", "--profile", "prod")
    #expect(result.code == 4)
    #expect(result.errors.contains("the token can't be read"))
    #expect(!result.errors.contains("secret"))
    #expect(cloud.requests.isEmpty)
  }

  @Test("a file with a token that others can read is refused", arguments: [0o644, 0o640, 0o604])
  func readableByOthers(_ mode: Int) throws {
    try sandbox.configure(profile("prod", "token = \"abc\""), mode: mode)
    let result = try sandbox.snapsh("ls", "--profile", "prod")
    #expect(result.code == 4)
    #expect(result.errors.contains("holds a token and others can read it"))
    #expect(result.errors.contains("help: chmod 600 "))
    #expect(!result.errors.contains("abc"))
    #expect(cloud.requests.isEmpty)
  }

  @Test(
    "a profile's token is not sent to an endpoint that was given by hand", arguments: [true, false])
  func otherEndpoint(_ byFlag: Bool) throws {
    let other = try ScriptedCloud()
    try sandbox.configure(profile("prod", "token = \"abc\""))
    let result = try sandbox.snapsh(
      ["ls", "--profile", "prod"] + (byFlag ? ["--endpoint", other.endpoint] : []),
      environment: byFlag ? [:] : ["SNAPSH_ENDPOINT": other.endpoint])
    #expect(result.code == 4)
    #expect(result.errors.contains("the profile's token is not for it"))
    #expect(other.requests.isEmpty)
    #expect(cloud.requests.isEmpty)
  }

  @Test(
    "a token on the command line is refused, and not repeated",
    arguments: [
      ["--token", "s3cret", "ls"], ["--token=s3cret", "ls"], ["ls", "--token", "s3cret"],
      ["ls", "--token=s3cret"],
    ])
  func onCommandLine(_ arguments: [String]) throws {
    let result = try sandbox.snapsh(
      arguments, environment: cloud.environment)
    #expect(result.code == 2)
    #expect(result.errors.contains("a token on the command line can be seen"), "\(result.errors)")
    #expect(!result.errors.contains("s3cret"))
    #expect(cloud.requests.isEmpty)
  }

  @Test("without any token a cloud's endpoint is refused with 4, before anything is sent")
  func noToken() throws {
    let result = try sandbox.snapsh("ls", environment: ["SNAPSH_ENDPOINT": cloud.endpoint])
    #expect(result.code == 4)
    #expect(result.errors.contains("there is no token for \(cloud.endpoint)"))
    #expect(cloud.requests.isEmpty)
  }

  @Test("plain http is for this machine alone")
  func plainHTTP() throws {
    let result = try sandbox.snapsh(
      "ls",
      environment: ["SNAPSH_ENDPOINT": "http://cloud.example.com/api/v1", "SNAPSH_TOKEN": "abc"])
    #expect(result.code == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("\"cloud.example.com\" is not this machine"))
  }

  @Test("two credentials in a profile are an error, not a choice")
  func twoCredentials() throws {
    try sandbox.configure(profile("prod", "token = \"a\"", "token_file = \"/x\""))
    let result = try sandbox.snapsh("ls", "--profile", "prod")
    #expect(result.code == 4)
    #expect(result.errors.contains("token and token_file"))
  }

  // MARK: Precedence

  @Test(
    "a flag goes before a variable, a variable before the profile, the profile before the default")
  func precedence() throws {
    try sandbox.configure(profile("prod", "token = \"abc\"", "output = \"ids\""))
    func output(_ arguments: String..., variable: String? = nil) throws -> String {
      var environment = ["SNAPSH_PROFILE": "prod"]
      environment["SNAPSH_OUTPUT"] = variable
      return try sandbox.snapsh(["ls"] + arguments, environment: environment).output
    }
    #expect(try output() == "14901\n15258\n")
    #expect(try output(variable: "csv").hasPrefix("created,"))
    #expect(try output("-o", "jsonl", variable: "csv").hasPrefix("{\"created\""))
    #expect(try output("-o", "table").contains("ID  NAME"))
  }

  @Test("SNAPSH_TOKEN goes before the profile's token")
  func tokenVariable() throws {
    try sandbox.configure(profile("prod", "token = \"abc\""))
    let tokens = try tokensSent("--profile", "prod", environment: ["SNAPSH_TOKEN": "other"])
    #expect(tokens == ["bearer other"])
  }

  @Test("default_profile is meant when none is named, and --profile goes before SNAPSH_PROFILE")
  func defaultProfile() throws {
    try sandbox.configure(
      "default_profile = \"a\"\n" + profile("a", "token = \"ta\"") + profile("b", "token = \"tb\"")
        + profile("c", "token = \"tc\""))
    _ = try tokensSent()
    _ = try tokensSent(environment: ["SNAPSH_PROFILE": "b"])
    let tokens = try tokensSent("--profile", "c", environment: ["SNAPSH_PROFILE": "b"])
    #expect(tokens == ["bearer ta", "bearer tb", "bearer tc"])
  }
}
