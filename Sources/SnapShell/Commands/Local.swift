import CephStore
import CloudAPI
import LocalCloud
import SnapCommands
import SnapLanguage

/// `local`: the slices of the local cloud, which the API has no calls for.
struct LocalCommand: Callable {
  let services: ShellServices

  private enum Action: String, CaseIterable { case add, list, disk, remove, backdate }

  static let columns = ["vm_id", "vmname", "region", "size", "disk"]

  var signature: Signature {
    var signature = Self.declaration
    signature.parameters[1].offeredType = { words in
      switch words.first.flatMap(Action.init(rawValue:)) {
      case .add, .list: .string
      case .backdate: .snapshot
      case .disk, .remove, nil: .slice
      }
    }
    return signature
  }

  private static let declaration = Signature(
    "local", group: .shell, about: "Manage the slices of the local cloud",
    details: """
      add NAME makes a slice with an empty disk (1GiB unless --size says), or with a copy of a raw
      disk image; list shows the slices; disk SLICE prints the path of the disk; remove SLICE
      removes a slice and its disk, while its snapshots stay. backdate SNAPSHOT DATE makes a snapshot
      look as if it had been taken then, to try 'prune' and 'timeline' with.
      """,
    parameters: [
      Parameter(
        "action", .oneOf(Action.allCases.map(\.rawValue)),
        meanings: [
          "add": "make a slice", "list": "show the slices", "disk": "print the path of a disk",
          "remove": "remove a slice and its disk", "backdate": "make a snapshot look older",
        ]),
      Parameter(
        "slice", .slice, about: "a name for add; a name or an id; a snapshot for backdate",
        required: false),
      Parameter("date", .datetime, about: "for backdate", required: false),
    ],
    flags: [
      Flag("size", .size, about: "of the disk, for add"),
      Flag("image", .path, about: "a raw disk image to copy, for add"),
      Flag("region", .string, about: "for add", default: .string("LOCAL")),
      Flag("data", .path, about: "the folder of another local cloud"),
    ],
    effect: .local,
    examples: [
      Signature.Example("local add web-01 --size 64MiB", "a slice with a small disk"),
      Signature.Example("local list", "the slices, and where their disks are"),
      Signature.Example("local backdate 14001 2026-01-31", "a snapshot as of that day"),
    ], columns: .fixed(LocalCommand.columns))

  func run(_ call: Call) throws -> Outcome {
    guard let action = call["action"]?.stringValue.flatMap({ Action(rawValue: $0) }) else {
      throw Failure(.usage, "'local' needs ACTION", help: signature.usage)
    }
    let named = call.flag("data")?.stringValue.map(LocalStore.folder)
    guard let store = named ?? services.store else {
      throw Failure(.usage, "there is no local cloud here")
    }
    if action != .add, call.flag("size") != nil || call.flag("image") != nil {
      throw Failure(.usage, "'--size' and '--image' go with 'local add'", exitCode: ExitCode.usage)
    }
    if action == .backdate {
      try backdate(call, store)
      return .nothing
    }
    guard call["date"] == nil else {
      throw Failure(
        .usage, "a date goes with 'local backdate' alone", exitCode: ExitCode.usage)
    }
    let slice = try call["slice"].map { try $0.interpolated() }
    if action == .list {
      guard slice == nil else {
        throw Failure(.usage, "'local list' takes no slice", exitCode: ExitCode.usage)
      }
      let slices = try perform(call) { try await store.open { try await $0.slices() } }
      return .rows(RowStream(slices.map(Self.value)))
    }
    guard let slice else {
      throw Failure(
        .usage, "'local \(action.rawValue)' needs SLICE", help: signature.usage,
        exitCode: ExitCode.usage)
    }
    if services.isDryRun, action != .disk {
      services.console.note("dry run: 'local \(action.rawValue) \(slice)' is left out")
      return .nothing
    }
    switch action {
    case .add: return .value(Self.value(try add(slice, call, store)))
    case .disk:
      let found = try perform(call) {
        try await store.open { try await $0.slice(matching: slice) }
      }
      return .value(.string(found.disk))
    case .remove:
      try perform(call) {
        try await store.open { cloud in
          try await cloud.removeSlice(try await cloud.slice(matching: slice).id)
        }
      }
      return .nothing
    case .list, .backdate: return .nothing
    }
  }

  private static let defaultSize = 1 << 30

  private func add(_ name: String, _ call: Call, _ store: LocalStore) throws -> Slice {
    let region = call.flag("region")?.stringValue ?? "LOCAL"
    let image = call.flag("image")?.stringValue
    if case .size(let bytes)? = call.flag("size") {
      guard image == nil else {
        throw Failure(.usage, "'--size' and '--image' exclude each other", exitCode: ExitCode.usage)
      }
      return try perform(call) {
        try await store.open { try await $0.addSlice(name: name, size: bytes, region: region) }
      }
    }
    return try perform(call) {
      try await store.open { cloud in
        guard let image else {
          return try await cloud.addSlice(name: name, size: Self.defaultSize, region: region)
        }
        return try await cloud.addSlice(name: name, importing: image, region: region)
      }
    }
  }

  private func backdate(_ call: Call, _ store: LocalStore) throws {
    let value = call["slice"]
    guard let id = value?.intValue ?? value?.recordValue?["id"]?.intValue,
      case .datetime(let time)? = call["date"]
    else {
      throw Failure(
        .usage, "'local backdate' needs a snapshot's id, or its row, and a date",
        help: "local backdate 14001 2026-01-31", exitCode: ExitCode.usage)
    }
    if services.isDryRun {
      services.console.note("dry run: 'local backdate \(id)' is left out")
      return
    }
    try perform(call) {
      try await store.open { try await $0.backdate(SnapshotID(id), to: time) }
    }
  }

  private func perform<Success: Sendable>(
    _ call: Call, _ work: @escaping @Sendable () async throws -> Success
  ) throws -> Success {
    try call.host.wait {
      do { return try await work() } catch let error as LocalCloudError {
        throw Failure(error.kind, error.description)
      } catch is CancellationError {
        throw Cancelled()
      } catch let failure as Failure {
        throw failure
      } catch {
        throw Failure(
          .unknown, "the local cloud failed: \(error)", help: (error as? CephError)?.help)
      }
    }
  }

  private static let shape = Shape(columns)

  private static func value(_ slice: Slice) -> Value {
    .record(
      Record(
        shape: shape,
        wireValues: [
          .int(slice.id.rawValue), .string(slice.name), .string(slice.region), .size(slice.size),
          .string(slice.disk),
        ]))
  }
}

extension LocalCloudError {
  fileprivate var kind: Failure.Kind {
    switch self {
    case .unknownSlice, .unknownSnapshot: .notfound
    case .sliceNameTaken, .busySlice, .busySnapshot: .conflict
    case .readOnlySlice, .readOnlySnapshot: .denied
    case .insufficientSpace: .quota
    case .unreachable, .takenOver: .unknown
    default: .usage
    }
  }
}
