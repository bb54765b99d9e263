/// Entries in the order of their starts, put together from the records of a file.
struct HistoryEntries {
  private(set) var all: [HistoryEntry] = []
  private var places: [String: Int] = [:]

  func contains(id: String) -> Bool { places[id] != nil }

  /// The end of a command whose start isn't known says nothing.
  mutating func take(_ record: HistoryRecord) {
    switch record {
    case .begun(let entry):
      if let id = entry.id {
        if let place = places[id] {
          all[place] = entry
          return
        }
        places[id] = all.count
      }
      all.append(entry)
    case .ended(let id, let duration, let code):
      guard let place = places[id] else { return }
      all[place].duration = duration
      all[place].code = code
    }
  }

  mutating func keepNewest(_ limit: Int) {
    guard all.count > limit else { return }
    all.removeFirst(all.count - limit)
    places = [:]
    for (place, entry) in all.enumerated() { if let id = entry.id { places[id] = place } }
  }
}
