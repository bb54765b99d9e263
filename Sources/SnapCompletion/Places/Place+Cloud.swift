import SnapLanguage

extension Place {
  func snapshots() -> Offer {
    let view = completer.index.view
    let matches = view.snapshots(matching: word.text, limit: SnapshotIndex.most)
    let now = completer.now()
    var offer = Offer(candidates: matches.found.map { candidate($0, now) }, isCut: matches.isCut)
    offer.note = note("snapshot", of: view.snapshotCount, offer, view.state, now)
    return offer
  }

  func slices() -> Offer {
    let view = completer.index.view
    let matches = view.slices(matching: word.text, limit: SnapshotIndex.most)
    let now = completer.now()
    var offer = Offer(candidates: matches.found.map { candidate($0, now) }, isCut: matches.isCut)
    offer.note = note("slice", of: view.sliceCount, offer, view.state, now)
    return offer
  }

  /// How much more there is, how old it is, or why there is nothing.
  func note(_ kind: String, of total: Int, _ offer: Offer, _ state: IndexState, _ now: Int)
    -> String?
  {
    let shown = offer.candidates.count
    let of = word.isEmpty ? " of \(total)" : ""
    let cut = offer.isCut ? "the first \(shown)\(of) \(kind)s" : nil
    let age = state.note(
      kind, typed: Shown.text(word.text), found: !offer.candidates.isEmpty, now: now)
    let parts = [cut, age].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private func candidate(
    _ found: IndexView.Found<SnapshotIndex.Snapshot>, _ now: Int
  ) -> Candidate {
    let snapshot = found.row
    return named(
      snapshot.name, id: snapshot.id, isUnique: found.isUnique, .snapshot,
      details: [
        (snapshot.sliceName ?? snapshot.slice.map { "slice \($0)" }).map(Shown.text) ?? "",
        snapshot.created.flatMap { Age.text(of: $0, now: now) } ?? "",
        snapshot.gigabytes.map { "\($0) GB" } ?? "", snapshot.isRunning ? "running" : "",
      ])
  }

  private func candidate(_ found: IndexView.Found<SnapshotIndex.Slice>, _ now: Int) -> Candidate {
    let slice = found.row
    return named(
      slice.name, id: slice.id, isUnique: found.isUnique, .slice,
      details: [
        slice.count == 1 ? "1 snapshot" : "\(slice.count) snapshots",
        slice.newest.flatMap { Age.text(of: $0, now: now) } ?? "",
        slice.region.map(Shown.text) ?? "",
      ])
  }

  private func named(
    _ name: String?, id: Int, isUnique: Bool, _ kind: Candidate.Kind, details: [String]
  ) -> Candidate {
    var candidate = inserted(name, id: id, isUnique: isUnique, kind, details: details)
    candidate.row = Candidate.Row(id: id, name: name)
    return candidate
  }

  private func inserted(
    _ name: String?, id: Int, isUnique: Bool, _ kind: Candidate.Kind, details: [String]
  ) -> Candidate {
    let typedDigits = word.text.isDigits
    guard let name, !name.isEmpty else {
      return Candidate("\(id)", kind, details: [""] + details)
    }
    let shown = Shown.text(name)
    let isPlain = isUnique && !name.isDigits && !Shown.hides(name)
    let text = typedDigits || !isPlain ? "\(id)" : word.inserting(name)
    return Candidate(
      text, kind, display: typedDigits ? "\(id)" : shown,
      details: [typedDigits ? shown : "\(id)"] + details)
  }
}

extension String {
  /// Whether the text would be read as an id.
  fileprivate var isDigits: Bool {
    !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
