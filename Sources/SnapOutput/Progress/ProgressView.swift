/// Long work on several lines of a terminal: one for each operation that runs, and one for all.
package struct ProgressView: Sendable {
  package var operations: [OperationProgress]
  /// When the whole began, in microseconds since 1970.
  package var started: Int

  package init(_ operations: [OperationProgress], started: Int) {
    self.operations = operations
    self.started = started
  }

  /// The lines, each of at most `width` columns and without its end; none when there is no work.
  ///
  /// `most` limits them; operations that no line is left for are counted.
  package func lines(width: Int, most: Int, now: Int, isColored: Bool) -> [String] {
    guard !operations.isEmpty else { return [] }
    let running = operations.filter { $0.state == .running }
    let hasTotal = operations.count > 1
    let room = max(1, most - (hasTotal ? 1 : 0))
    let shown = running.count <= room ? running.count : max(0, room - 1)
    var lines = running.prefix(shown).map { line(for: $0, width, now, isColored) }
    if shown < running.count, most > 1 {
      lines.append(
        Tone.faint.apply(
          to: TerminalText.truncated("… \(running.count - shown) more run", to: width),
          isColored: isColored))
    }
    if hasTotal || lines.isEmpty { lines.append(total(width, now, isColored)) }
    return lines
  }

  private func line(
    for operation: OperationProgress, _ width: Int, _ now: Int, _ isColored: Bool
  ) -> String {
    let share = operation.share(at: now)
    return Self.line(
      "\(operation.verb) \(operation.name) · \(operation.slice)", percent: share,
      [
        ShortTime.text(microseconds: operation.elapsed(at: now)),
        Self.eta(operation.remaining(at: now)),
      ], width: width, tone: .running, isColored: isColored)
  }

  private func total(_ width: Int, _ now: Int, _ isColored: Bool) -> String {
    let over = operations.count { $0.isOver }
    let failed = operations.count { $0.state == .failed }
    var label = "all: \(over)/\(operations.count)"
    if failed > 0 { label += ", \(failed) failed" }
    let percent = over == operations.count ? 100 : min(99, workDone(now))
    return Self.line(
      label, percent: percent, [rate(over, now), Self.eta(remaining(now))], width: width,
      tone: failed > 0 ? .bad : .good, isColored: isColored)
  }

  /// Percent of all operations together, each of which counts as one.
  private func workDone(_ now: Int) -> Int {
    operations.reduce(0) { sum, operation in
      sum
        + (operation.isOver ? 100 : operation.state == .running ? operation.share(at: now) ?? 0 : 0)
    } / operations.count
  }

  /// Operations a second or a minute since the beginning.
  private func rate(_ over: Int, _ now: Int) -> String {
    let elapsed = now - started
    guard over > 0, elapsed > 0 else { return "" }
    let second = Double(over) / Double(elapsed) * 1_000_000
    return second >= 1 ? "\(Self.tenths(second))/s" : "\(Self.tenths(second * 60))/min"
  }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((min(number, 1e9) * 10).rounded())
    return tenths >= 100 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// Microseconds to the end of all: what is left of each, shared by as many as run at a time; where
  /// that isn't known, by the rate so far.
  private func remaining(_ now: Int) -> Int? {
    let open = operations.filter { !$0.isOver }
    guard !open.isEmpty else { return nil }
    let known = open.compactMap { $0.remaining(at: now) }
    guard known.count == open.count else {
      let over = operations.count - open.count
      return over > 0 && now > started ? (now - started) / over * open.count : nil
    }
    let running = max(1, open.count { $0.state == .running })
    return max(known.reduce(0, +) / running, known.max() ?? 0)
  }

  private static func eta(_ microseconds: Int?) -> String {
    microseconds.map { "ETA \(ShortTime.text(microseconds: $0))" } ?? ""
  }
}

extension ProgressView {
  /// The columns of a time or a rate, and of an ETA, so that lines stand below each other.
  private static let detailWidths = [8, 10]

  /// `LABEL  [===>   ]  40%  12s  ETA 31s`. A narrow terminal loses the bar, then the details from
  /// the first on; the label is cut.
  private static func line(
    _ label: String, percent: Int?, _ details: [String], width: Int, tone: Tone, isColored: Bool
  ) -> String {
    var columns = zip(details, detailWidths).map { TerminalText.padded($0, to: $1, right: true) }
    let percentText = TerminalText.padded(percent.map { "\($0)%" } ?? "", to: 4, right: true)
    var bar = width >= 120 ? 32 : width >= 60 ? 16 : 0
    let leastLabel = 14
    func used() -> Int { columns.reduce(6) { $0 + 2 + $1.count } + (bar > 0 ? bar + 2 : 0) }
    if width - used() < leastLabel { bar = 0 }
    while !columns.isEmpty, width - used() < leastLabel { columns.removeFirst() }
    let labelWidth = max(1, width - used())
    let name = TerminalText.padded(
      TerminalText.truncated(TerminalText.escaped(label), to: labelWidth), to: labelWidth)
    var parts = [name]
    if bar > 0 {
      let text =
        percent.map { ProgressBar.text(percent: $0, width: bar) }
        ?? String(repeating: " ", count: bar)
      parts.append(tone.apply(to: text, isColored: isColored))
    }
    parts.append(percentText)
    let line = (parts + columns).joined(separator: "  ")
    return width < 8 ? TerminalText.truncated(name, to: width) : line
  }
}
