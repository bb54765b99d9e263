import SnapLanguage

extension Place {
  /// Commands that fit into the pipeline here, and keywords where a statement begins.
  func commands() -> [Candidate] {
    let isPiped = !context.stagesBefore.isEmpty
    let fitting = signatures.filter { isPiped ? $0.input != .none : $0.input != .required }
    let keywords =
      context.isStatementStart ? matching(Keyword.offered, .keyword) : []
    return names(of: fitting) + keywords.sorted { $0.text < $1.text }
  }

  var commandOffer: Offer {
    let found = commands()
    guard found.isEmpty, !word.isEmpty else { return Offer(candidates: found) }
    return Offer(note: "no command begins with '\(Shown.text(word.text))'")
  }

  /// A command's name as an argument of `help`.
  func helpTopics() -> [Candidate] {
    names(of: signatures)
      + matching(["functions"], .value, description: "the functions of expressions")
      + completer.topics.flatMap { matching([$0.name], .value, description: $0.about) }
      + (word.isEmpty
        ? []
        : Functions.all.values.sorted { $0.name < $1.name }.filter {
          isPrefixed($0.name)
        }.map { Candidate($0.name, .function, details: [$0.about]) })
  }

  private func names(of signatures: [Signature]) -> [Candidate] {
    var seen: Set<String> = []
    return signatures.filter {
      ($0.name.first?.isLetter ?? false) && isPrefixed($0.name) && seen.insert($0.name).inserted
    }
    .sorted { $0.name < $1.name }
    .map { Candidate($0.name, .command, details: [$0.about]) }
  }
}
