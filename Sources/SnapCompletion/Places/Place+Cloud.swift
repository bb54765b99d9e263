import SnapLanguage

extension Place {
  func snapshots() -> Offer {
    let table = completer.index.table
    let found = table.snapshots(matching: word.text, limit: Offer.most)
    let now = completer.now()
    return Offer(
      candidates: found.map { candidate($0, isUnique: table.isUnique($0), now) },
      note: found.isEmpty ? note("snapshot") : nil)
  }

  func slices() -> Offer {
    let table = completer.index.table
    let found = table.slices(matching: word.text, limit: Offer.most)
    let now = completer.now()
    return Offer(
      candidates: found.map { candidate($0, isUnique: table.isUnique($0), now) },
      note: found.isEmpty ? note("slice") : nil)
  }

  private func note(_ kind: String) -> String {
    completer.index.state.note(kind, typed: Shown.text(word.text))
  }

  private func candidate(
    _ snapshot: SnapshotIndex.Snapshot, isUnique: Bool, _ now: Int
  ) -> Candidate {
    let parts = [
      (snapshot.sliceName ?? snapshot.slice.map { "slice \($0)" }).map(Shown.text),
      snapshot.created.flatMap { Age.text(of: $0, now: now) },
      snapshot.gigabytes.map { "\($0) GB" }, snapshot.isRunning ? "running" : nil,
    ]
    return named(
      snapshot.name, id: snapshot.id, isUnique: isUnique, .snapshot,
      description: parts.compactMap(\.self).joined(separator: " · "))
  }

  private func candidate(_ slice: SnapshotIndex.Slice, isUnique: Bool, _ now: Int) -> Candidate {
    let parts = [
      slice.count == 1 ? "1 snapshot" : "\(slice.count) snapshots",
      slice.newest.flatMap { Age.text(of: $0, now: now) }, slice.region.map(Shown.text),
    ]
    return named(
      slice.name, id: slice.id, isUnique: isUnique, .slice,
      description: parts.compactMap(\.self).joined(separator: " · "))
  }

  private func named(
    _ name: String?, id: Int, isUnique: Bool, _ kind: Candidate.Kind, description: String
  ) -> Candidate {
    let typedDigits = word.text.isDigits
    guard let name, !name.isEmpty else {
      return Candidate("\(id)", kind, display: "\(id)", description: description)
    }
    let shown = Shown.text(name)
    let display = typedDigits ? "\(id) \(shown)" : "\(shown) \(id)"
    let isPlain = isUnique && !name.isDigits && !name.unicodeScalars.contains(where: Shown.isHidden)
    let text = typedDigits || !isPlain ? "\(id)" : word.inserting(name)
    return Candidate(text, kind, display: display, description: description)
  }
}

extension String {
  /// Whether the text would be read as an id.
  fileprivate var isDigits: Bool {
    !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
