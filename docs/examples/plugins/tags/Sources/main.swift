import SnapshPlugin

// The API has no tags, so they are words of a snapshot's name that begin with '#'.

func words(_ name: String) -> [String] { name.split(separator: " ").map(String.init) }

func tags(of row: PluginValue) -> [String] {
  words(row["name"]?.string ?? "").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
}

func tag(_ call: PluginCall) throws -> String {
  let tag = call.flags["tag"]?.string ?? ""
  guard !tag.isEmpty, tag.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else {
    throw PluginError(
      "'\(tag)' can't be a tag", kind: "usage", help: "letters, digits and '-'", argument: "tag")
  }
  return tag
}

/// The rows of the arguments, which may be ids, names or rows.
func rows(_ call: PluginCall) throws -> [PluginValue] {
  let given = call.arguments["snapshot"]?.list ?? []
  guard given.contains(where: { $0.record == nil }) else { return given }
  let all = try call.snapshots()
  return try given.map { item in
    if item.record != nil { return item }
    let found = all.filter { $0["id"] == item || $0["name"] == item }
    guard found.count == 1, let row = found.first else {
      let name = item.int.map(String.init) ?? item.string ?? ""
      throw PluginError(
        "\(found.isEmpty ? "no snapshot is" : "several snapshots are") called '\(name)'",
        kind: found.isEmpty ? "notfound" : "usage")
    }
    return row
  }
}

/// Renames those whose name becomes another one.
func rename(
  _ call: PluginCall, _ newName: (PluginValue) -> String
) throws -> Plugin.Result {
  let items = try rows(call).compactMap { row -> PluginRecord? in
    let name = newName(row)
    return name == row["name"]?.string ? nil : ["snapshot": row, "name": .string(name)]
  }
  return .value(.list(try call.mutate("rename", items)))
}

var plugin = Plugin()

plugin.command("set") { call in
  let tag = try tag(call)
  return try rename(call) { row in
    let name = row["name"]?.string ?? ""
    return tags(of: row).contains(tag) ? name : "\(name) #\(tag)"
  }
}

plugin.command("remove") { call in
  let tag = try tag(call)
  return try rename(call) { row in
    words(row["name"]?.string ?? "").filter { $0 != "#\(tag)" }.joined(separator: " ")
  }
}

plugin.command("list") { call in
  var counts: [String: Int] = [:]
  for row in try call.snapshots(query: nil) {
    for tag in tags(of: row) { counts[tag, default: 0] += 1 }
  }
  var rows: [PluginValue]? = counts.sorted { $0.key < $1.key }.map {
    .record(["tag": .string($0.key), "snapshots": .int($0.value)])
  }
  seen.formUnion(counts.keys)
  return .rows {
    defer { rows = nil }
    return rows
  }
}

plugin.command("with") { call in
  let tag = call.arguments["tag"]?.string ?? ""
  return .rows { try call.nextRows()?.filter { tags(of: $0).contains(tag) } }
}

/// Tags that this process has come across, for Tab.
var seen: Set<String> = ["gold", "keep"]

for command in ["set", "remove"] {
  plugin.complete(command, "tag") { _, _ in seen.sorted().map { Plugin.Candidate($0) } }
}
plugin.complete("with", "tag") { _, _ in seen.sorted().map { Plugin.Candidate($0) } }

plugin.run()
