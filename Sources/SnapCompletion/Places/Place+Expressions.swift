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
      "$(", .value, display: "$(…)", details: ["the result of commands"], appendsSpace: false)
    return found + [substitution]
  }

  /// What can stand in an expression: variables, functions and constants.
  func values() -> [Candidate] { variables() + functions() + constants() }

  func functions() -> [Candidate] {
    Functions.all.values.filter { isPrefixed($0.name) }.sorted { $0.name < $1.name }.map {
      let hasNoParameters = $0.arity.upperBound == 0
      return Candidate(
        $0.name + (hasNoParameters ? "()" : "("), .function, display: $0.usage,
        details: [$0.about], appendsSpace: hasNoParameters)
    }
  }

  private func constants() -> [Candidate] {
    word.quote == nil ? matching(["false", "null", "true"], .value) : []
  }

  // MARK: Rows

  func columns() -> [Candidate] {
    guard let shape = shapes.rows(of: context.stagesBefore) else { return [] }
    return matching(shape, .column)
  }

  func fields(of owner: Expression) -> [Candidate] {
    guard let shape = shapes.row(of: owner) else { return [] }
    return matching(shape, .field).map { candidate in
      var candidate = candidate
      candidate.appendsSpace = false
      return candidate
    }
  }

  private func matching(_ shape: RowShape, _ kind: Candidate.Kind) -> [Candidate] {
    shape.columns.flatMap { column in
      matching([column], kind, description: shape.types[column].map { "\($0)" } ?? "")
    }
  }

  /// The right side of a comparison in `where`.
  func rowValues(of column: String) -> Offer {
    switch column {
    case "perms", "vm_perms": return Offer(candidates: matching(["ro", "rw"], .value))
    case "region":
      return Offer(
        candidates: matching(completer.index.view.regions, .value, quoting: .rowValue))
    case "vmname": return names(slices(), .slice)
    case "name": return names(snapshots(), .snapshot)
    case "vm_id": return ids(slices())
    case "id": return ids(snapshots())
    case "in_progress", "progress":
      return Offer(candidates: word.quote == nil ? matching(["null"], .value) : [])
    default: return Offer(candidates: word.quote == nil ? functions() + constants() : [])
    }
  }

  /// The names of `offer`, which holds those that fit by their id too: each once, in its order.
  private func names(_ offer: Offer, _ kind: Candidate.Kind) -> Offer {
    var offer = offer
    var seen: Set<String> = []
    offer.candidates = offer.candidates.compactMap { candidate in
      guard let name = candidate.row?.name, isPart(name), seen.insert(name).inserted,
        !Shown.hides(name)
      else { return nil }
      return Candidate(word.inserting(name, quoting: .rowValue), kind, display: name)
    }
    return offer
  }

  private func isPart(_ name: String) -> Bool {
    word.text.isEmpty || name.lowercased().contains(word.text.lowercased())
  }

  private func ids(_ offer: Offer) -> Offer {
    var offer = offer
    for index in offer.candidates.indices {
      if let id = offer.candidates[index].row?.id { offer.candidates[index].text = "\(id)" }
    }
    return offer
  }
}
