import SnapLanguage

extension Place {
  func argument(of command: Command) -> Offer {
    // An outside program's arguments are its own affair; most name files.
    if command.name == "!" { return Offer(candidates: Folder.candidates(for: word)) }
    guard let signature = signature(of: command) else { return Offer() }
    if signature.runs != nil {
      if let inner = command.inner { return argument(of: inner) }
      if !word.text.hasPrefix("-") { return commandOffer }
    }
    let position = ArgumentPosition(after: command.arguments, signature)
    if word.quote == nil, word.text.hasPrefix("-"), !flagsHaveEnded(in: command) {
      return Offer(candidates: flags(position.unusedFlags))
    }
    switch position.wanted {
    case .parameter(let parameter):
      let quoting: Quoting = signature.name == Self.useSignature.name ? .always : .argument
      let type = parameter.offeredType?(command.arguments.map(\.span.text)) ?? parameter.type
      let own = offered(by: parameter.candidates, in: command)
      // `%` begins the name of a job, which no snapshot's id does.
      if word.text.hasPrefix("%"), parameter.candidates != nil {
        return Offer(candidates: own, note: own.isEmpty ? "no such job goes on" : nil)
      }
      return value(of: type, in: command, quoting: quoting, meanings: parameter.meanings)
        .adding(own)
    case .value(of: let flag):
      return value(of: flag.type ?? .any, in: command)
        .adding(offered(by: flag.candidates, in: command))
    case .nothing: return Offer(candidates: word.isEmpty ? flags(position.unusedFlags) : [])
    }
  }

  /// What the command itself thinks of.
  private func offered(by candidates: Candidates?, in command: Command) -> [Candidate] {
    guard let candidates else { return [] }
    return candidates(word.text, command.arguments.map(\.span.text)).filter { isPrefixed($0.value) }
      .map { value, about in
        Candidate(
          word.inserting(value), .value, display: Shown.text(value),
          details: about.isEmpty ? [] : [Shown.text(about)])
      }
  }

  private static let useSignature = Signature(
    "use", group: .shell, about: "", parameters: [Parameter("path", .path)], effect: .read)

  private static let forSignature = Signature(
    "for", group: .shell, about: "",
    flags: [
      Flag("jobs", .int, about: "how many at the same time"),
      Flag("keep-going", about: "try all, report the failures at the end"),
    ], effect: .read)

  private func signature(of command: Command) -> Signature? {
    switch command.name {
    case Self.useSignature.name: Self.useSignature
    case Self.forSignature.name: Self.forSignature
    default:
      // A function of the session may have taken a name that the text declares anew.
      signatures.last { $0.name == command.name }
        ?? signatures.first { $0.aliases.contains(command.name) }
    }
  }

  private func flags(_ flags: [Flag]) -> [Candidate] {
    flags.filter { flag in
      let long = "--\(flag.name)"
      return long.hasPrefix(word.text) || flag.short.map { word.text == "-\($0)" } ?? false
    }
    .sorted { $0.name < $1.name }
    .map { Candidate("--\($0.name)", .flag, details: [$0.about]) }
  }

  /// Whether a `--` stands among the arguments, after which no flag can follow.
  private func flagsHaveEnded(in command: Command) -> Bool {
    let source = command.nameSpan.source
    var from = command.nameSpan.range.upperBound
    for end in command.arguments.map(\.span.range) + [context.range] {
      if from < end.lowerBound, source.text(from..<end.lowerBound).contains("--") { return true }
      from = max(from, end.upperBound)
    }
    return false
  }

  private func value(
    of type: ValueType, in command: Command, quoting: Quoting = .argument,
    meanings: [String: String] = [:]
  ) -> Offer {
    switch type {
    case .optional(let type), .list(let type):
      return value(of: type, in: command, quoting: quoting, meanings: meanings)
    case .oneOf(let words):
      return Offer(
        candidates: words.flatMap { matching([$0], .value, description: meanings[$0] ?? "") })
    case .bool: return Offer(candidates: matching(["true", "false"], .value))
    case .column:
      let given = Set(command.arguments.map(\.span.text))
      return Offer(candidates: columns().filter { !given.contains($0.text) })
    case .command: return Offer(candidates: helpTopics())
    case .path:
      let base = command.name == Self.useSignature.name ? completer.libraryFolder : "."
      return Offer(candidates: Folder.candidates(for: word, in: base, quoting: quoting))
    case .snapshot: return rows(holding: "id", before: snapshots())
    case .slice: return rows(holding: "vm_id", before: slices())
    default: return Offer()
    }
  }

  /// The loops' variables in front, which are what is meant most often inside a loop.
  private func rows(holding column: String, before offer: Offer) -> Offer {
    guard word.isEmpty else { return offer }
    var offer = offer
    let shapes = shapes
    var seen: Set<String> = []
    let names = context.bindings.indices.reversed().compactMap { index -> String? in
      let binding = context.bindings[index]
      guard seen.insert(binding.name).inserted, binding.isOneItem else { return nil }
      if let shape = shapes.row(of: index), !shape.columns.contains(column) { return nil }
      return "$\(binding.name)"
    }
    offer.candidates.insert(
      contentsOf: names.map { Candidate($0, .variable, details: ["variable"]) }, at: 0)
    return offer
  }
}

extension CursorContext.Binding {
  fileprivate var isOneItem: Bool {
    switch origin {
    case .item, .row, .parameter(.snapshot), .parameter(.slice): true
    default: false
    }
  }
}
