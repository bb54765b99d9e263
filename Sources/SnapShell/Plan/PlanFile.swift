import CloudAPI
import OrderedJSON
import SnapCommands
import SnapLanguage
import SnapRun

/// What `plan` writes and `apply` carries out: operations with all that they were decided by, signed
/// by a digest so that what is applied is what was looked at.
///
/// A step's `snapshot` is its row as it was read, and with `keepers` what must still be so.
struct PlanFile {
  /// Microseconds since 1970, as all times here.
  let made: Int
  let expires: Int
  let endpoint: String
  let profile: String
  let user: String
  /// The script that was planned, or what was typed.
  let source: Source
  let operations: [PlannedOperation]

  struct Source {
    let name: String
    let arguments: [String]
    let digest: String
  }

  static let lifetime = Timestamp.microsecondsPerDay
  private static let version = 1

  private enum Key {
    static let version = "snapsh_plan"
    static let digest = "digest"
    static let made = "made"
    static let expires = "expires"
    static let endpoint = "endpoint"
    static let profile = "profile"
    static let user = "user"
    static let source = "source"
    static let name = "name"
    static let arguments = "arguments"
    static let operations = "operations"
    static let number = "number"
    static let statement = "statement"
    static let origin = "origin"
    static let reason = "reason"
    static let waits = "waits"
    static let timeout = "wait_timeout"
    static let guards = "guards"
    static let undoes = "undoes"
    static let makes = "makes"
    static let step = "step"
  }

  // MARK: Writing

  private var unsigned: JSONObject {
    [
      Key.version: .int(Self.version), Key.made: .string(Timestamp.text(made)),
      Key.expires: .string(Timestamp.text(expires)), Key.endpoint: .string(endpoint),
      Key.profile: .string(profile), Key.user: .string(user),
      Key.source: [
        Key.name: .string(source.name),
        Key.arguments: .array(source.arguments.map(JSON.string)),
        Key.digest: .string(source.digest),
      ],
      Key.operations: .array(operations.map(Self.json)),
    ]
  }

  /// The digest of the canonical form of all but the digest itself.
  var digest: String { Digest.sha256(JSON.object(unsigned).canonical.text()) }

  /// The file's text.
  var text: String {
    var object = unsigned
    object[Key.digest] = .string(digest)
    return JSON.object(object).text(indented: true) + "\n"
  }

  private static func json(_ operation: PlannedOperation) -> JSON {
    let context = operation.context
    var object: JSONObject = [
      Key.number: .int(operation.number), Key.statement: .int(context.statement),
      Key.origin: .string(context.origin), Key.reason: .string(operation.reason),
      Key.waits: .bool(context.waits),
    ]
    object[Key.timeout] = context.timeout.map(JSON.int)
    object[Key.guards] = context.guards.map(JSON.int)
    object[Key.undoes] = context.undoes.map(JSON.string)
    if operation.step.verb == .create {
      object[Key.makes] = .string(SnapshotID(plannedBy: operation.number).description)
    }
    object[Key.step] = operation.step.json
    return .object(object)
  }

  // MARK: Reading

  /// - Throws: `Failure` with exit code 2 when the text is no plan of this version, or not what was
  ///   written.
  init(parsing text: String, path: String) throws {
    func refusal(_ words: String, help: String? = nil) -> Failure {
      Failure(.usage, "\(words); nothing was sent", help: help, exitCode: ExitCode.usage)
    }
    guard let json = try? JSON(parsing: text), let object = json.objectValue,
      let version = object[Key.version]?.intValue
    else { throw refusal("'\(path)' is no plan", help: "'snapsh plan FILE -O PLAN' writes one") }
    guard version == Self.version else {
      throw refusal(
        "'\(path)' is a plan of version \(version), and this snapsh reads \(Self.version)")
    }
    guard let plan = Self(object) else { throw refusal("'\(path)' is no whole plan") }
    var unsigned = object
    unsigned[Key.digest] = nil
    guard case .string(Digest.sha256(JSON.object(unsigned).canonical.text()))? = object[Key.digest]
    else {
      throw refusal(
        "'\(path)' was changed after it was planned: its digest is another",
        help: "change the script, and plan again")
    }
    self = plan
  }

  private init?(_ object: JSONObject) {
    guard let made = object[Key.made]?.stringValue.flatMap(Timestamp.parse),
      let expires = object[Key.expires]?.stringValue.flatMap(Timestamp.parse),
      let endpoint = object[Key.endpoint]?.stringValue,
      let profile = object[Key.profile]?.stringValue, let user = object[Key.user]?.stringValue,
      let source = object[Key.source]?.objectValue, let name = source[Key.name]?.stringValue,
      let arguments = source[Key.arguments]?.arrayValue,
      let digest = source[Key.digest]?.stringValue,
      let entries = object[Key.operations]?.arrayValue
    else { return nil }
    let operations = entries.compactMap(Self.operation)
    // The numbers are the names of new snapshots.
    guard operations.count == entries.count,
      operations.map(\.number) == Array(1..<(entries.count + 1))
    else { return nil }
    self.init(
      made: made, expires: expires, endpoint: endpoint, profile: profile, user: user,
      source: Source(
        name: name, arguments: arguments.compactMap(\.stringValue), digest: digest),
      operations: operations)
  }

  private static func operation(_ json: JSON) -> PlannedOperation? {
    guard let object = json.objectValue, let number = object[Key.number]?.intValue,
      let statement = object[Key.statement]?.intValue,
      let origin = object[Key.origin]?.stringValue, let reason = object[Key.reason]?.stringValue,
      case .bool(let waits)? = object[Key.waits], let step = object[Key.step].flatMap({ Step($0) })
    else { return nil }
    return PlannedOperation(
      number: number, step: step,
      context: OperationContext(
        origin: origin, statement: statement, waits: waits,
        timeout: object[Key.timeout]?.intValue, guards: object[Key.guards]?.intValue,
        undoes: object[Key.undoes]?.stringValue),
      reason: reason)
  }

  init(
    made: Int, expires: Int, endpoint: String, profile: String, user: String, source: Source,
    operations: [PlannedOperation]
  ) {
    self.made = made
    self.expires = expires
    self.endpoint = endpoint
    self.profile = profile
    self.user = user
    self.source = source
    self.operations = operations
  }
}

extension JSON {
  /// With the members of objects in the order of their names (RFC 8785, 3.2.3), so that the same
  /// content has the same text.
  fileprivate var canonical: JSON {
    switch self {
    case .object(let object):
      .object(
        JSONObject(
          object.members.map { .init($0.name, $0.value.canonical) }
            .sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }))
    case .array(let values): .array(values.map(\.canonical))
    default: self
    }
  }
}
