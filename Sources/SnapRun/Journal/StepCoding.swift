import CloudAPI
package import OrderedJSON

/// Steps as JSON, for the journal and for plans. A slice or snapshot under its API names.
extension Step {
  private enum Key {
    static let verb = "verb"
    static let slice = "vm_id"
    static let sliceName = "vmname"
    static let slicePerms = "vm_perms"
    static let name = "name"
    static let snapshot = "snapshot"
    static let known = "known"
    static let keepers = "keepers"
  }

  package var json: JSON {
    var members: [JSONObject.Member] = [
      .init(Key.verb, .string(verb.rawValue)), .init(Key.slice, .int(slice.rawValue)),
    ]
    func add(_ key: String, _ value: JSON?) { if let value { members.append(.init(key, value)) } }
    add(Key.sliceName, sliceName.map(JSON.string))
    add(Key.slicePerms, slicePerms.map(JSON.string))
    add(Key.name, newName.map(JSON.string))
    add(Key.snapshot, snapshot?.json)
    add(Key.known, knownIDs.map(Self.ids))
    if !keepers.isEmpty { add(Key.keepers, Self.ids(keepers)) }
    return .object(JSONObject(members))
  }

  /// Nil when `json` is no step.
  package init?(_ json: JSON) {
    guard let object = json.objectValue,
      let verb = object[Key.verb]?.stringValue.flatMap({ Verb(rawValue: $0) }),
      let slice = object[Key.slice]?.intValue.map({ SliceID($0) })
    else { return nil }
    let row = object[Key.snapshot]
    let snapshot =
      row.flatMap { SnapshotRow($0) } ?? row?.objectValue.flatMap { SnapshotRow(planned: $0) }
    let name = object[Key.name]?.stringValue
    let change: Endpoint
    switch (verb, snapshot?.id, name) {
    case (.create, _, let name?): change = .create(slice, name: name)
    case (.restore, let id?, _): change = .restore(id, onto: slice)
    case (.rename, let id?, let name?): change = .rename(id, name: name)
    case (.delete, let id?, _): change = .delete(id)
    default: return nil
    }
    self.init(
      change, snapshot: snapshot, slice: slice, sliceName: object[Key.sliceName]?.stringValue,
      slicePerms: object[Key.slicePerms]?.stringValue, knownIDs: Self.ids(object[Key.known]),
      keepers: Self.ids(object[Key.keepers]) ?? [])
  }

  private static func ids(_ ids: Set<SnapshotID>) -> JSON {
    .array(ids.sorted().map { $0.plannedBy == nil ? .int($0.rawValue) : .string($0.description) })
  }

  private static func ids(_ json: JSON?) -> Set<SnapshotID>? {
    json?.arrayValue.map { ids in
      Set(
        ids.compactMap { id in
          id.intValue.map { SnapshotID($0) } ?? id.stringValue.flatMap { SnapshotID(handle: $0) }
        })
    }
  }
}
