import CloudAPI
package import SnapLanguage
package import SnapRun

/// What a mutating command asks of the executor.
package struct Changes: Effects {
  package var steps: [Step]
  package var wait: Executor.Wait?
  /// Names for snapshots that are taken of the slices first, by step.
  package var guardNames: [Int: String]
  /// The operations of earlier runs that the steps undo, as `12.3`, by step.
  package var undoes: [Int: String]
  package var report: Report?

  /// How a command came to its steps.
  package struct Report: Sendable {
    /// All rows that were looked at, with their `action` and `reasons`.
    package var judged: [Value] = []
    /// For each slice, how many of its rows would go and stay.
    package var counts: [Value] = []
  }

  package init(
    steps: [Step], wait: Executor.Wait?, guardNames: [Int: String] = [:],
    undoes: [Int: String] = [:], report: Report? = nil
  ) {
    self.steps = steps
    self.wait = wait
    self.guardNames = guardNames
    self.undoes = undoes
    self.report = report
  }
}

extension Changes {
  /// The creation of the snapshot that is taken before a step; nil without a guard.
  package func `guard`(of index: Int) -> Step? {
    guard let name = guardNames[index] else { return nil }
    let step = steps[index]
    return Step(
      .create(step.slice, name: name), snapshot: nil, slice: step.slice,
      sliceName: step.sliceName, slicePerms: step.slicePerms)
  }
}

extension Changes {
  /// Those of the steps alone.
  package func keeping(_ isKept: (Step) -> Bool) -> Changes {
    keeping(indices: { isKept(steps[$0]) })
  }

  /// The steps at some places alone.
  package func keeping(indices isKept: (Int) -> Bool) -> Changes {
    let kept = steps.indices.filter(isKept)
    var changes = Changes(steps: kept.map { steps[$0] }, wait: wait)
    for (place, index) in kept.enumerated() {
      changes.guardNames[place] = guardNames[index]
      changes.undoes[place] = undoes[index]
    }
    return changes
  }

  /// Whether it restores without taking a snapshot of the slice first.
  package var canBeGuarded: Bool {
    steps.indices.contains { steps[$0].verb == .restore && guardNames[$0] == nil }
  }

  /// With a guard for each restore that has none.
  package func guarded() -> Changes {
    var changes = self
    let now = Clock.microseconds()
    for (index, step) in steps.enumerated() where step.verb == .restore && guardNames[index] == nil
    {
      guard let id = step.snapshot?.id else { continue }
      changes.guardNames[index] =
        "guard-\(id)-\(Timestamp.dateText(now))-\(Timestamp.compactTimeText(now))"
    }
    return changes
  }
}

/// What `resume` asks of the program: to bring a run to its end, the latest unfinished one when nil.
package struct ResumeRequest: Effects {
  package let run: Int?
  package init(run: Int?) { self.run = run }
}

/// What `wait %12` asks of the program: to wait for what those runs have begun.
package struct JobRequest: Effects {
  package let runs: [Int]
  package let timeout: Duration?

  /// The run that `%12` names; nil for other words.
  static func number(_ word: String) -> Int? {
    word.hasPrefix("%") ? Int(word.dropFirst()) : nil
  }
}

extension Flag {
  /// The flags that every change has.
  package static let waiting = [
    Flag("wait", about: "wait until the cloud has finished"),
    Flag("wait-timeout", .duration, about: "with --wait: how long at most"),
  ]
}

extension Call {
  /// What `--wait` and `--wait-timeout` ask for.
  package func wait() throws -> Executor.Wait? {
    var timeout: Duration?
    if case .duration(let microseconds)? = flag("wait-timeout") {
      guard isSet("wait") else {
        throw Failure(.usage, "'--wait-timeout' needs '--wait'", exitCode: ExitCode.usage)
      }
      timeout = .microseconds(microseconds)
    }
    return isSet("wait") ? Executor.Wait(timeout: timeout) : nil
  }

  /// The arguments under `name`, then the rows that are piped in.
  func targets(_ name: String) throws -> [Value] {
    (self[name]?.listValue ?? []) + (try rows.collect())
  }
}

/// The rule for names of snapshots: API, "Create a Snapshot" and "Rename a Snapshot".
enum SnapshotName {
  static func checked(_ name: String) throws -> String {
    guard !name.isEmpty else {
      throw Failure(.usage, "a snapshot's name can't be empty", exitCode: ExitCode.usage)
    }
    guard name.count <= Endpoint.longestName else {
      throw Failure(
        .usage, "the name has \(name.count) characters, more than \(Endpoint.longestName)",
        exitCode: ExitCode.usage)
    }
    return name
  }

  /// `name` with `{slice}`, `{date}` and `{time}` (UTC) filled in.
  static func filled(_ name: String, slice: String, at time: Int) throws -> String {
    var out = ""
    var rest = name[...]
    while let open = rest.firstIndex(of: "{") {
      out += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      switch rest[rest.index(after: open)..<close] {
      case "slice": out += slice
      case "date": out += Timestamp.dateText(time)
      case "time": out += Timestamp.compactTimeText(time)
      case let word:
        throw Failure(
          .usage, "unknown placeholder '{\(word)}' in the name",
          help: "there are {slice}, {date} and {time}", exitCode: ExitCode.usage)
      }
      rest = rest[rest.index(after: close)...]
    }
    return try checked(out + rest)
  }
}
