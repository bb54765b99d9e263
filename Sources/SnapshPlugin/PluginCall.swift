import OrderedJSON

/// One call of a command.
public final class PluginCall {
  /// By name; a rest parameter is a list.
  public let arguments: [String: PluginValue]
  /// By name; a switch that was given is true.
  public let flags: [String: PluginValue]
  /// Whether nothing outside of snapsh may be changed.
  public let isDryRun: Bool

  let id: Int
  private let exchange: Exchange
  private var input: JSONObject?

  init(_ params: JSONObject, _ exchange: Exchange) {
    func values(_ name: String) -> [String: PluginValue] {
      let members = params[name]?.objectValue?.members ?? []
      return Dictionary(members.map { ($0.name, PluginValue($0.value)) }) { $1 }
    }
    arguments = values("args")
    flags = values("flags")
    isDryRun = params["dry_run"] == .bool(true)
    id = params["call"]?.intValue ?? -1
    input = params["input"]?.objectValue
    self.exchange = exchange
  }

  /// The next rows that are piped in; nil at the end.
  ///
  /// - Throws: `PluginError` when what makes the rows has failed, or `PluginCancelled`.
  public func nextRows() throws -> [PluginValue]? {
    guard let input else { return nil }
    guard let stream = input["stream"]?.intValue else {
      self.input = nil
      let value = input["value"].map { PluginValue($0) } ?? .null
      return value.list ?? [value]
    }
    let rows = try exchange.nextBatch(of: stream, id)
    if rows == nil { self.input = nil }
    return rows
  }

  /// The snapshots of the cloud, of which a part of the name or the slice's may be given; needs the
  /// permission `api:read`.
  ///
  /// - Throws: `PluginError`.
  public func snapshots(query: String? = nil) throws -> [PluginValue] {
    var params: JSONObject = ["call": .int(id), "resource": "snapshots"]
    if let query { params["query"] = .string(query) }
    let answer = try exchange.ask("api/get", .object(params))
    return PluginValue(answer)["value"]?.list ?? []
  }

  /// Has snapsh change something: it asks the person, writes it down and sends it. Needs the permission
  /// `mutate:VERB`.
  ///
  /// - Parameters:
  ///   - verb: create, restore, rename or rm.
  ///   - items: records with `snapshot`, `slice` and `name` as the command of that name wants them.
  /// - Returns: a row for each.
  /// - Throws: `PluginError`.
  @discardableResult public func mutate(
    _ verb: String, _ items: [PluginRecord]
  ) throws -> [PluginValue] {
    let answer = try exchange.ask(
      "mutate",
      [
        "call": .int(id), "verb": .string(verb),
        "items": .array(items.map { PluginValue.record($0).json }),
      ])
    return PluginValue(answer)["value"]?.list ?? []
  }

  /// A person's yes or no.
  ///
  /// - Throws: `PluginError` when nobody can be asked.
  public func ask(_ question: String) throws -> Bool {
    let answer = try exchange.ask("ask", ["call": .int(id), "question": .string(question)])
    return answer.objectValue?["answer"] == .bool(true)
  }

  /// How far the work is.
  public func progress(_ done: Int, of total: Int, _ text: String = "") {
    exchange.tell(
      "progress",
      ["call": .int(id), "done": .int(done), "total": .int(total), "text": .string(text)])
  }

  /// A line for the person.
  public func log(_ text: String) {
    exchange.tell("log", ["call": .int(id), "text": .string(text)])
  }
}
