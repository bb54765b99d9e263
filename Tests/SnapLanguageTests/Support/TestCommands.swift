import SnapLanguage

/// A command of one closure.
struct TestCommand: Callable {
  let signature: Signature
  let body: @Sendable (Call) throws -> Outcome

  init(_ signature: Signature, _ body: @escaping @Sendable (Call) throws -> Outcome) {
    self.signature = signature
    self.body = body
  }

  func run(_ call: Call) throws -> Outcome { try body(call) }
}

/// Commands with the signatures of the real ones, over `Snapshots`.
enum TestCommands {
  static func lookup(_ more: [TestCommand] = []) -> CommandLookup {
    let commands = Dictionary(
      (reading + changing + rows + local + more).map { ($0.signature.name, $0) }
    ) { $1 }
    return CommandLookup(named: { commands[$0] }, names: { commands.keys.sorted() })
  }

  private static let reading = [
    TestCommand(
      Signature(
        "ls", group: .read, about: "", parameters: [Parameter("slice", .slice, required: false)],
        flags: [Flag("query", .string), Flag("page", .int)], effect: .read,
        columns: .fixed(Snapshots.columns))
    ) { call in
      let wanted = try (call["slice"] ?? call.flag("query"))?.interpolated() ?? ""
      var rest = Snapshots.all.filter { row in
        ["name", "vmname"].contains { column in
          row.recordValue?[column]?.stringValue?.contains(wanted) ?? false
        } || wanted.isEmpty
      }[...]
      // Two rows a batch, so that later stages meet several.
      return .rows(
        RowStream {
          if rest.isEmpty { return nil }
          defer { rest = rest.dropFirst(2) }
          return Array(rest.prefix(2))
        })
    },
    TestCommand(
      Signature("broken", group: .read, about: "", input: .optional, effect: .read)
    ) { call in
      var isFirst = true
      return .rows(
        RowStream {
          defer { isFirst = false }
          if isFirst { return [Snapshots.all[0]] }
          throw Failure(.network, "page 2 did not come")
        })
    },
  ]

  private static func change(
    _ name: String, _ parameters: [Parameter], flags: [Flag] = [], input: Signature.Input = .none
  ) -> TestCommand {
    TestCommand(
      Signature(
        name, group: .change, about: "", parameters: parameters,
        flags: flags + [Flag("wait", short: "w")], input: input, effect: .mutating)
    ) { call in
      var words = [name]
      for parameter in parameters {
        switch call[parameter.name] {
        case .list(let items)? where parameter.isRest: words += items.map(describe)
        case let value?: words.append(describe(value))
        case nil: continue
        }
      }
      let piped = try call.rows.collect().map(describe)
      guard call.input != nil || words.count > 1 else {
        throw Failure(.usage, "'\(name)' needs a snapshot, or rows before it")
      }
      words += piped
      return .effects(
        TestChanges(lines: call.input != nil && piped.isEmpty ? [] : [words.joined(separator: " ")])
      )
    }
  }

  private static let changing = [
    change(
      "restore",
      [
        Parameter("snapshot", .snapshot, required: false),
        Parameter("slice", .slice, required: false),
      ],
      flags: [Flag("guard")], input: .optional),
    change("rename", [Parameter("snapshot", .snapshot), Parameter("name", .string)]),
    change(
      "rm", [Parameter("snapshot", .snapshot, required: false, rest: true)], input: .optional),
    change("create", [Parameter("slice", .slice), Parameter("name", .string)]),
  ]

  private static func row(
    _ name: String, _ parameters: [Parameter] = [], flags: [Flag] = [],
    columns: Signature.Columns = .sameAsInput, _ body: @escaping @Sendable (Call) throws -> Outcome
  ) -> TestCommand {
    TestCommand(
      Signature(
        name, group: .rows, about: "", parameters: parameters, flags: flags, input: .required,
        effect: .pure, columns: columns), body)
  }

  private static func wanted(_ call: Call) -> Int { max(0, call["count"]?.intValue ?? 1) }

  private static let count = [Parameter("count", .int, default: .int(1))]

  private static func field(_ row: Value, _ name: String) throws -> Value {
    guard let value = row.recordValue?[name] else {
      throw Failure(.usage, "there is no column '\(name)'")
    }
    return value
  }

  private static let rows = [
    row("count", columns: .unknown) { .value(.int(try $0.rows.collect().count)) },
    row("first", count) { call in
      .rows(RowStream(Array(try call.rows.collect().prefix(wanted(call)))))
    },
    row("last", count) { call in
      .rows(RowStream(Array(try call.rows.collect().suffix(wanted(call)))))
    },
    row("skip", count) { call in
      .rows(RowStream(Array(try call.rows.collect().dropFirst(wanted(call)))))
    },
    row("sort-by", [Parameter("column", .column, rest: true)], flags: [Flag("desc")]) { call in
      let column = call["column"]?.listValue?.first?.stringValue ?? ""
      let sorted = try call.rows.collect().map { (try field($0, column), $0) }
        .sorted { Value.sortsBefore($0.0, $1.0) }.map(\.1)
      return .rows(RowStream(call.isSet("desc") ? sorted.reversed() : sorted))
    },
    row("select", [Parameter("column", .column, rest: true)], columns: .arguments) { call in
      let names = (call["column"]?.listValue ?? []).compactMap(\.stringValue)
      return .rows(
        call.rows.compactMap { row in .record(Record(try names.map { ($0, try field(row, $0)) })) })
    },
    row("get", [Parameter("column", .column)], columns: .unknown) { call in
      .rows(call.rows.compactMap { try field($0, call["column"]?.stringValue ?? "") })
    },
    row("group-by", [Parameter("column", .column)], columns: .unknown) { call in
      let column = call["column"]?.stringValue ?? ""
      var groups: [(Value, [Value])] = []
      for row in try call.rows.collect() {
        let key = try field(row, column)
        if let index = groups.firstIndex(where: { Value.areEqual($0.0, key) }) {
          groups[index].1.append(row)
        } else {
          groups.append((key, [row]))
        }
      }
      return .rows(
        RowStream(groups.map { .record(Record([(column, $0.0), ("rows", .list($0.1))])) }))
    },
    row("each", [Parameter("block", .block)], columns: .unknown) { call in
      guard case .block(let block)? = call["block"] else { return .nothing }
      return .rows(call.rows.compactMap { try block.call($0) })
    },
    row("to", [Parameter("format", .oneOf(["csv", "json"]))], columns: .unknown) { call in
      let value = try call.input?.collect() ?? .null
      return .value(.string("\(call["format"]?.stringValue ?? ""):\(describe(value))"))
    },
  ]

  private static let local = [
    TestCommand(
      Signature(
        "print", group: .shell, about: "",
        parameters: [Parameter("value", .any, required: false, rest: true)], input: .optional,
        effect: .local)
    ) { call in
      if let input = call.input { try call.host.show(input) }
      let values = call["value"]?.listValue ?? []
      if !values.isEmpty {
        try call.host.show(.value(.string(values.map(describe).joined(separator: " "))))
      }
      return .nothing
    },
    TestCommand(
      Signature(
        "save", group: .rows, about: "", parameters: [Parameter("file", .path)],
        flags: [Flag("force", short: "f")], input: .required, effect: .local)
    ) { call in
      let value = describe(try call.input?.collect() ?? .null)
      try call.host.show(.value(.string("\(call["file"]?.stringValue ?? "") <- \(value)")))
      return .nothing
    },
    TestCommand(
      Signature(
        "sleep", group: .shell, about: "", parameters: [Parameter("duration", .duration)],
        effect: .local)
    ) { call in
      try call.host.show(.value(.string("slept \(describe(call["duration"] ?? .null))")))
      return .nothing
    },
    TestCommand(Signature("interrupt", group: .shell, about: "", effect: .local)) { call in
      call.host.cancellation.cancel()
      return .nothing
    },
    TestCommand(
      Signature(
        "!", group: .shell, about: "",
        parameters: [Parameter("word", .string, required: false, rest: true)], input: .optional,
        effect: .local)
    ) { call in
      .value(.string("ran " + (call["word"]?.listValue ?? []).map(describe).joined(separator: "|")))
    },
  ]
}
