import SnapLanguage

extension Place {
  /// `$name`, the text's own variables first; where nothing is typed, a substitution too.
  func variables() -> [Candidate] {
    let isBraced = word.text.hasPrefix("${")
    let opening = isBraced ? "${" : "$"
    let typed = word.text.hasPrefix("$") ? word.text.dropFirst(opening.count) : word.text[...]
    var seen: Set<String> = []
    let names = context.bindings.reversed().map(\.name) + completer.variables().sorted()
    let found = names.filter { $0.hasPrefix(typed) && seen.insert($0).inserted }.map {
      Candidate(
        opening + $0, .variable, display: "$\($0)", appendsSpace: false)
    }
    guard word.isEmpty else { return found }
    let substitution = Candidate(
      "$(", .value, display: "$(…)", description: "the result of commands", appendsSpace: false)
    return found + [substitution]
  }

  /// What can stand in an expression: variables, functions and constants.
  func values() -> [Candidate] { variables() + functions() + constants() }

  func functions() -> [Candidate] {
    Functions.all.values.filter { isPrefixed($0.name) }.sorted { $0.name < $1.name }.map {
      let hasNoParameters = $0.arity.upperBound == 0
      return Candidate(
        $0.name + (hasNoParameters ? "()" : "("), .function, display: $0.usage,
        description: $0.about, appendsSpace: hasNoParameters)
    }
  }

  private func constants() -> [Candidate] {
    word.quote == nil ? matching(["false", "null", "true"], .value) : []
  }

  // MARK: Rows

  func columns() -> [Candidate] {
    matching(shapes.rows(of: context.stagesBefore)?.columns ?? [], .column)
  }

  func fields(of owner: Expression) -> [Candidate] {
    guard let shape = shapes.row(of: owner) else { return [] }
    return matching(shape.columns, .field).map { candidate in
      var candidate = candidate
      candidate.appendsSpace = false
      return candidate
    }
  }

  /// The right side of a comparison in `where`.
  func rowValues(of column: String) -> Offer {
    let table = completer.index.table
    switch column {
    case "perms", "vm_perms": return Offer(candidates: matching(["ro", "rw"], .value))
    case "region": return Offer(candidates: matching(table.regions, .value, quoting: .rowValue))
    case "vmname":
      let names = table.slices(matching: word.text, limit: Offer.most).compactMap(\.name)
      return Offer(candidates: texts(names, .slice))
    case "name":
      let names = table.snapshots(matching: word.text, limit: Offer.most).compactMap(\.name)
      return Offer(candidates: texts(names.filter(isPart), .snapshot))
    case "vm_id":
      return ids(slices(), table.slices(matching: word.text, limit: Offer.most).map(\.id))
    case "id":
      return ids(snapshots(), table.snapshots(matching: word.text, limit: Offer.most).map(\.id))
    default:
      return Offer(candidates: word.quote == nil ? functions() + constants() : [])
    }
  }

  private func isPart(_ name: String) -> Bool {
    word.text.isEmpty || name.lowercased().contains(word.text.lowercased())
  }

  /// Distinct names in the order in which they were found.
  private func texts(_ names: [String], _ kind: Candidate.Kind) -> [Candidate] {
    var seen: Set<String> = []
    return names.filter { name in
      !name.unicodeScalars.contains(where: Shown.isHidden) && seen.insert(name).inserted
    }
    .map { Candidate(word.inserting($0, quoting: .rowValue), kind, display: $0) }
  }

  private func ids(_ offer: Offer, _ ids: [Int]) -> Offer {
    var offer = offer
    for (position, id) in zip(offer.candidates.indices, ids) {
      offer.candidates[position].text = "\(id)"
    }
    return offer
  }
}
