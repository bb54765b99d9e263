/// The words after a script's name on a command line, for its function `main`.
struct CommandLineWords {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  /// - Throws: `Failure` of kind usage.
  func bound(to signature: Signature) throws -> BoundArguments {
    var bound = BoundArguments()
    for flag in signature.flags { bound.flags[flag.name] = flag.defaultValue }
    var positional: [String] = []
    var rest = words[...]
    var hasFlags = true
    var seen: Set<String> = []
    while let word = rest.popFirst() {
      guard hasFlags, word.hasPrefix("--") else {
        positional.append(word)
        continue
      }
      if word == "--" {
        hasFlags = false
        continue
      }
      let parts = word.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let flag = signature.flag(named: String(parts[0])) else {
        throw Failure(
          .usage, "the script has no option '--\(parts[0])'",
          help: Suggestions.help(
            for: String(parts[0]), among: signature.flags.map(\.name), prefix: "--")
            ?? signature.usage, exitCode: 2)
      }
      guard seen.insert(flag.name).inserted else {
        throw Failure(.usage, "'--\(flag.name)' is given twice", help: "remove one", exitCode: 2)
      }
      guard let type = flag.type else {
        guard parts.count == 1 else {
          throw Failure(
            .usage, "'--\(flag.name)' takes no value", help: signature.usage, exitCode: 2)
        }
        bound.flags[flag.name] = .bool(true)
        continue
      }
      guard let text = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
        throw Failure(.usage, "'--\(flag.name)' needs a value", help: signature.usage, exitCode: 2)
      }
      bound.flags[flag.name] = try converted(text, type, "--\(flag.name)")
    }
    try bindPositional(positional, signature, &bound)
    return bound
  }

  private func bindPositional(
    _ words: [String], _ signature: Signature, _ bound: inout BoundArguments
  ) throws {
    for (index, parameter) in signature.parameters.enumerated() {
      if parameter.isRest {
        bound.values[parameter.name] = .list(
          try words.dropFirst(index).map { try converted($0, parameter.type, parameter.name) })
      } else if index < words.count {
        bound.values[parameter.name] = try converted(words[index], parameter.type, parameter.name)
      } else if parameter.isRequired {
        throw Failure(
          .usage, "the script needs \(parameter.name.uppercased())", help: signature.usage,
          exitCode: 2)
      }
    }
    if words.count > signature.parameters.count, signature.parameters.last?.isRest != true {
      throw Failure(
        .usage, "unexpected argument '\(words[signature.parameters.count])'", help: signature.usage,
        exitCode: 2)
    }
  }

  private func converted(_ text: String, _ type: ValueType, _ name: String) throws -> Value {
    do { return try Conversion.word(text, as: type) } catch var failure as Failure {
      failure.message = "\(name): \(failure.message)"
      failure.exitCode = 2
      throw failure
    }
  }
}
