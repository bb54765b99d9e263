import SnapLanguage

extension Policy {
  /// What the rules say of the snapshots of one slice: the newest first, then those that no rule looks at.
  ///
  /// The order of `entries` is of no account: they are taken by creation, then id. That a row is
  /// missing never takes another's reason to be kept, as long as `within` doesn't count months.
  package func judge(_ entries: [Entry], in zone: Zone, now: Int) -> [Verdict] {
    var counting: [(entry: Entry, created: Int)] = []
    var exempt: [Verdict] = []
    for entry in entries {
      switch (entry.exemption, entry.created) {
      case (let exemption?, _): exempt.append(Verdict(entry, exempt: exemption))
      case (nil, nil): exempt.append(Verdict(entry, exempt: .undated))
      case (nil, let created?) where created > now:
        exempt.append(Verdict(entry, exempt: .future))
      case (nil, let created?): counting.append((entry, created))
      }
    }
    counting.sort { ($0.created, $0.entry.id) > ($1.created, $1.entry.id) }
    exempt.sort {
      ($0.entry.created ?? .min, $0.entry.id) > ($1.entry.created ?? .min, $1.entry.id)
    }
    guard let newest = counting.first?.created else { return exempt }
    var rules = rules(newest: newest, in: zone)
    let verdicts = counting.enumerated().map { position, row in
      let moment = Rule.Moment(
        time: row.created, civil: zone.civil(row.created), position: position,
        isOldest: position == counting.count - 1)
      let answers = rules.indices.map { rules[$0].judge(moment) }
      var kept = answers.filter(\.keeps).map(\.reason)
      if kept.isEmpty, position < atLeast { kept = [.floor(atLeast)] }
      return kept.isEmpty
        ? Verdict(entry: row.entry, action: .delete, reasons: answers.map(\.reason))
        : Verdict(entry: row.entry, action: .keep, reasons: kept)
    }
    return verdicts + exempt
  }

  /// In the order in which restic names them.
  private func rules(newest: Int, in zone: Zone) -> [Rule] {
    var rules: [Rule] = []
    if let within, !within.isZero {
      rules.append(Rule(.within(within, after: within.before(newest, in: zone))))
    }
    for period in Period.allCases {
      switch counts[period] {
      case nil, .count(0): break
      case let allowance?: rules.append(Rule(.count(period, allowance)))
      }
    }
    for period in Period.allCases {
      guard let span = periodsWithin[period], !span.isZero else { continue }
      rules.append(Rule(.periodWithin(period, span, after: span.before(newest, in: zone))))
    }
    return rules
  }
}

extension Verdict {
  fileprivate init(_ entry: Entry, exempt exemption: Exemption) {
    self.init(entry: entry, action: .keep, reasons: [.exempt(exemption)])
  }
}

/// One rule on its way from the newest snapshot to the oldest.
private struct Rule {
  enum Kind {
    case within(CalendarSpan, after: Int)
    case count(Period, Policy.Allowance)
    case periodWithin(Period, CalendarSpan, after: Int)
  }

  struct Moment {
    let time: Int
    let civil: Timestamp.Civil
    /// From the newest.
    let position: Int
    let isOldest: Bool
  }

  private let kind: Kind
  /// The period of the one that it kept last.
  private var lastPeriod: Int?
  private var used = 0

  init(_ kind: Kind) { self.kind = kind }

  mutating func judge(_ moment: Moment) -> (keeps: Bool, reason: Reason) {
    switch kind {
    case .within(let span, let start):
      return moment.time > start ? (true, .within(span)) : (false, .notWithin(span))
    case .count(let period, let allowance):
      if case .count(let count) = allowance, used >= count {
        return (false, .usedUp(period, count))
      }
      switch standing(of: moment, period) {
      case .newest: return (true, .newest(period))
      case .oldest: return (true, .oldest(period))
      case .other: return (false, .notNewest(period))
      }
    case .periodWithin(let period, let span, let start):
      guard moment.time > start else { return (false, .notWithin(span)) }
      switch standing(of: moment, period) {
      case .newest: return (true, .newestWithin(period, span))
      case .oldest: return (true, .oldestWithin(period, span))
      case .other: return (false, .notNewest(period))
      }
    }
  }

  private enum Standing { case newest, oldest, other }

  private mutating func standing(of moment: Moment, _ period: Period) -> Standing {
    let number = period.number(of: moment.civil, position: moment.position)
    guard number != lastPeriod else { return moment.isOldest ? .oldest : .other }
    lastPeriod = number
    used += 1
    return .newest
  }
}
