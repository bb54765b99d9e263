import OrderedJSON

/// A failure for the person who has called the command.
public struct PluginError: Error {
  /// Lower case, without a full stop.
  public var message: String
  /// One of snapsh's kinds of failures, such as `usage`, `notfound` or `denied`.
  public var kind: String
  /// What to do about it.
  public var help: String?
  /// The flag, or the place of the positional argument from 0, that is at fault.
  public var argument: String?

  /// - Parameters:
  ///   - message: lower case, without a full stop.
  ///   - kind: one of snapsh's kinds of failures.
  ///   - help: what to do about it.
  ///   - argument: the flag, or the place of the positional argument from 0, that is at fault.
  public init(
    _ message: String, kind: String = "plugin", help: String? = nil, argument: String? = nil
  ) {
    self.message = message
    self.kind = kind
    self.help = help
    self.argument = argument
  }

  var json: JSON {
    var data: JSONObject = ["kind": .string(kind)]
    if let help { data["help"] = .string(help) }
    if let argument { data["labels"] = [["arg": .string(argument), "text": ""]] }
    return ["code": -32000, "message": .string(message), "data": .object(data)]
  }

  init(_ json: JSON) {
    message = json.objectValue?["message"]?.stringValue ?? "failed"
    let data = json.objectValue?["data"]?.objectValue
    kind = data?["kind"]?.stringValue ?? "plugin"
    help = data?["help"]?.stringValue
  }
}

/// The person has pressed Ctrl-C.
public struct PluginCancelled: Error {}
