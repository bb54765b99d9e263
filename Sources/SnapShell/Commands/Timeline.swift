import CloudAPI
import Retention
import SnapCommands
import SnapLanguage
import SnapOutput

/// `timeline`: a picture of the days on which slices have snapshots.
struct Timeline: Callable {
  let services: ShellServices

  static let columns = ["vm_id", "vmname", "day", "snapshots", "incomplete", "size"]

  let signature = Signature(
    "timeline", group: .read, about: "Draw the days on which slices have snapshots",
    details: """
      Days across, slices down; the slice that has gone without a complete snapshot for longest comes
      first. The number of the day stands above each Monday. As many days are shown as the terminal is
      wide. --size draws what the snapshots take instead, as it has grown. In a
      pipe, in $( ), and in other forms than a table it gives a row for each slice and day.
      """,
    parameters: [
      Parameter("slice", .slice, about: "this one alone", required: false)
    ],
    flags: [
      Flag("query", .string, about: "slices with this part in their name"),
      Flag("days", .int, about: "how many, up to today"),
      Flag("size", about: "draw gigabytes instead of counts"),
    ], effect: .read,
    examples: [
      Signature.Example("timeline", "all slices, the worst first"),
      Signature.Example("timeline web-01 --days 30 --size", "how the snapshots of one have grown"),
      Signature.Example(
        "timeline --days 7 | where snapshots == 0 | count", "the gaps of the last week"),
    ], columns: .fixed(Timeline.columns),
    columnTypes: [
      "vm_id": .int, "vmname": .string, "day": .string, "snapshots": .int, "incomplete": .int,
      "size": .size,
    ])

  private static let mostDays = 3660

  func run(_ call: Call) throws -> Outcome {
    let zone = services.settings?.value.zone ?? .utc
    let now = Clock.microseconds()
    let today = zone.day(of: now)
    let given = call.flag("days")?.intValue
    guard given.map({ (1...Self.mostDays).contains($0) }) ?? true else {
      throw Failure(
        .usage, "'--days' is 1 to \(Self.mostDays)", exitCode: ExitCode.usage)
    }
    let isDrawn = call.isShown && services.isForPeople
    let width = services.console.width(of: 1) ?? 80
    // The most that can be drawn, until the labels are known.
    let read = given ?? (isDrawn ? max(30, width) : 30)
    let cloud = services.cloud
    let slice = try call["slice"].map { value in
      try value.recordValue?["vmname"]?.interpolated() ?? value.interpolated()
    }
    let query = call.flag("query")?.stringValue
    let slices = try call.host.wait {
      try await cloud.sliceDays(
        slice: slice, query: query, days: (today - read + 1)...today, zone: zone, now: now)
    }
    guard isDrawn else { return .rows(RowStream(slices.flatMap { Self.rows($0, today) })) }
    guard !slices.isEmpty else {
      services.console.note("no slices")
      return .nothing
    }
    let fitting = TimelinePicture.days(labels: slices.map(\.label), width: width)
    let days = min(read, fitting)
    if let given, given > days {
      services.console.note("\(days) of \(given) days fit; a wider terminal shows more")
    }
    try draw(slices, days, today, isSize: call.flag("size")?.boolValue ?? false, zone, now)
    return .nothing
  }

  private func draw(
    _ slices: [SliceDays], _ days: Int, _ today: Int, isSize: Bool, _ zone: Zone, _ now: Int
  ) throws {
    let sorted =
      isSize
      ? slices.sorted { ($0.days.last?.gigabytes ?? 0) > ($1.days.last?.gigabytes ?? 0) } : slices
    let picture = TimelinePicture(
      sorted.map { slice in
        let shown = slice.days.suffix(days)
        return TimelinePicture.Line(
          label: slice.label, cells: shown.map { Self.cell($0, isSize: isSize) },
          remark: isSize ? Self.growth(shown) : Self.age(slice.newest, now))
      }, firstDay: today - days + 1, shades: isSize ? .bars : .counts)
    let first = Self.date(today - days + 1)
    let console = services.console
    try console.data(
      "\(first) to \(Self.date(today)) (\(zone.name)), a column a day\n"
        + picture.text(isColored: console.style(.table).isColored) + picture.legend + "\n")
  }

  private static func cell(_ day: SliceDays.Day, isSize: Bool) -> TimelinePicture.Cell {
    if isSize { return day.gigabytes > 0 ? .amount(day.gigabytes) : .empty }
    if day.snapshots > 0 { return .amount(day.snapshots) }
    return day.incomplete > 0 ? .broken : .empty
  }

  private static func age(_ newest: Int?, _ now: Int) -> String {
    newest.map { "\(Age.text(of: $0, now: now)) ago" } ?? "never"
  }

  private static func growth(_ days: ArraySlice<SliceDays.Day>) -> String {
    let (first, last) = (days.first?.gigabytes ?? 0, days.last?.gigabytes ?? 0)
    let change = last - first
    return "\(last) GB" + (change == 0 ? "" : change > 0 ? " +\(change)" : " \(change)")
  }

  private static func date(_ day: Int) -> String {
    Timestamp.dateText(day * Timestamp.microsecondsPerDay)
  }

  private static let shape = Shape(
    columns, forms: columns.map { $0 == "size" ? .gigabytes : .plain })

  private static func rows(_ slice: SliceDays, _ today: Int) -> [Value] {
    slice.days.enumerated().map { offset, day in
      .record(
        Record(
          shape: shape,
          wireValues: [
            .int(slice.slice.rawValue), .string(slice.label),
            .string(date(today - slice.days.count + 1 + offset)), .int(day.snapshots),
            .int(day.incomplete), .int(day.gigabytes),
          ]))
    }
  }
}
