import Glibc
import OrderedJSON
import SnapCommands
package import SnapLanguage

/// A command of a plugin that speaks the protocol.
package struct ProtocolCommand: Callable {
  let plugin: Plugin
  let declaration: CommandDeclaration
  let processes: PluginProcesses

  /// How long Tab waits for a plugin.
  private static let patience = Duration.milliseconds(300)

  package var signature: Signature {
    var signature = declaration.signature(of: plugin.name)
    for index in signature.parameters.indices {
      signature.parameters[index].candidates = candidates(signature.parameters[index].name)
    }
    for index in signature.flags.indices {
      signature.flags[index].candidates = candidates(signature.flags[index].name)
    }
    return signature
  }

  private func candidates(_ argument: String) -> Candidates? {
    guard declaration.dynamic.contains(argument) else { return nil }
    let (plugin, processes, command) = (plugin, processes, declaration.name)
    return { typed, words in
      let params: JSON = [
        "command": .string(command), "param": .string(argument), "prefix": .string(typed),
        "words": .array(words.map { .string($0) }),
      ]
      let answer = processes.askInPassing(plugin, "complete", params, within: Self.patience)
      return (answer?.arrayValue ?? []).prefix(1000).compactMap { item in
        guard let value = item.objectValue?["value"]?.stringValue else { return nil }
        return (value, item.objectValue?["about"]?.stringValue ?? "")
      }
    }
  }

  package func run(_ call: Call) throws -> Outcome {
    if declaration.signature(of: plugin.name).effect == .local, call.host.leavesOut(call.span.text)
    {
      _ = try call.input?.collect()
      return .nothing
    }
    var values = Self.fromHere(call.values, call.signature.parameters.map { ($0.name, $0.type) })
    let flags = Self.fromHere(call.flags, call.signature.flags.map { ($0.name, $0.type ?? .bool) })
    var input = call.input
    if let piped = declaration.pipedParameter {
      try take(&input, for: piped, &values, call)
    }
    var rows: RowStream?
    var params: JSONObject = [
      "command": .string(declaration.name), "args": try Self.object(values),
      "flags": try Self.object(flags), "input": nil,
      "dry_run": .bool(call.host.isPreviewing || processes.isDryRun),
    ]
    switch input {
    case .nothing, nil: break
    case .rows(let stream): rows = stream
    case .value(.list(let items)): rows = RowStream(items)
    case .value(let value): params["input"] = ["value": try WireValues.json(of: value)]
    }
    let connection = try processes.take(plugin, host: call.host)
    let flow = try connection.run(
      params, rows, mayChange: call.signature.effect == .mutating, silence: declaration.silence,
      host: call.host, span: call.span, atEnd: { [processes] in processes.giveBack($0) })
    switch flow {
    case .nothing: return .nothing
    case .value(let value): return .value(value)
    case .rows(let rows): return .rows(rows)
    }
  }

  /// What is piped in becomes the value of a parameter, beside what was given for it.
  private func take(
    _ input: inout Flow?, for name: String, _ values: inout [String: Value], _ call: Call
  ) throws {
    guard let parameter = call.signature.parameters.first(where: { $0.name == name }) else {
      return
    }
    if let flow = input {
      let piped = try flow.rowStream.collect()
      if parameter.isRest {
        values[name] = .list((values[name]?.listValue ?? []) + piped)
      } else if values[name] == nil {
        values[name] = piped.count == 1 ? piped[0] : .list(piped)
      }
      input = nil
    }
    guard values[name] != nil else {
      throw Failure(
        .usage, "'\(call.signature.name)' needs \(name.uppercased()), or rows before it",
        help: call.signature.usage, exitCode: 2)
    }
  }

  /// With files as paths from the root: the plugin runs in a folder of its own.
  private static func fromHere(
    _ values: [String: Value], _ types: [(name: String, type: ValueType)]
  ) -> [String: Value] {
    var values = values
    for (name, type) in types where type == .path {
      guard case .string(let path)? = values[name] else { continue }
      let expanded = LocalFile.expanded(path)
      guard !expanded.hasPrefix("/"), let folder = getcwd(nil, 0) else {
        values[name] = .string(expanded)
        continue
      }
      defer { free(folder) }
      values[name] = .string("\(String(cString: folder))/\(expanded)")
    }
    return values
  }

  private static func object(_ values: [String: Value]) throws -> JSON {
    .object(
      JSONObject(
        try values.sorted { $0.key < $1.key }.map {
          JSONObject.Member($0.key, try WireValues.json(of: $0.value))
        }))
  }
}
