package import CloudAPI
import GRDB

/// What the API has no calls for: the slices themselves.
extension LocalCloud {
  /// Adds a slice with an empty disk of `size` bytes, which takes no room until it is written.
  package func addSlice(
    name: String, size: Int, region: String = "LOCAL", permissions: Permissions = .readWrite
  ) async throws -> Slice {
    guard size > 0 else { throw LocalCloudError.badSliceSize(size) }
    return try await addSlice(name: name, region: region, permissions: permissions) { slice in
      try await store.createDisk(slice, size: size)
    }
  }

  /// Adds a slice with a copy of the raw disk image in the file `importing`.
  package func addSlice(
    name: String, importing imageFile: String, region: String = "LOCAL",
    permissions: Permissions = .readWrite
  ) async throws -> Slice {
    try await addSlice(name: name, region: region, permissions: permissions) { slice in
      try await store.importDisk(slice, from: imageFile)
    }
  }

  /// The slices, by id.
  package func slices() async throws -> [Slice] {
    try await catalog.read { try SliceRecord.all(in: $0) }.map(shown)
  }

  /// The slice whose id or name is `text`.
  package func slice(matching text: String) async throws -> Slice {
    let matching = try await slices().filter { $0.name == text || $0.id.description == text }
    guard let slice = matching.first else { throw LocalCloudError.unknownSlice(text) }
    guard matching.count == 1 else {
      throw LocalCloudError.ambiguousSlice(text, matching.map(\.id))
    }
    return slice
  }

  /// Removes a slice and its disk. Its snapshots stay, and show in `vm_deleted` when that was.
  package func removeSlice(_ id: SliceID) async throws {
    if let failure = await perform(try await begin(.remove(id))) { throw failure }
  }

  /// Sets `vm_perms`.
  package func setPermissions(_ permissions: Permissions, of slice: SliceID) async throws {
    let isKnown = try await catalog.write { transaction in
      try transaction.change(.permitSlice, .text(permissions.rawValue), .number(slice.rawValue)) > 0
    }
    guard isKnown else { throw LocalCloudError.unknownSlice(slice.description) }
  }

  /// Sets `perms`.
  package func setPermissions(_ permissions: Permissions, of snapshot: SnapshotID) async throws {
    let isKnown = try await catalog.write { transaction in
      try transaction.change(
        .permitSnapshot, .text(permissions.rawValue), .number(snapshot.rawValue)) > 0
    }
    guard isKnown else { throw LocalCloudError.unknownSnapshot(snapshot.description) }
  }

  /// Makes a snapshot look as if it had been taken at `microseconds` since 1970, to try rules for
  /// retention with.
  package func backdate(_ snapshot: SnapshotID, to microseconds: Int) async throws {
    let time = Timestamp(microseconds: microseconds)
    let isKnown = try await catalog.write { transaction in
      try transaction.change(
        .backdateSnapshot, .text(time.description), .number(snapshot.rawValue)) > 0
    }
    guard isKnown else { throw LocalCloudError.unknownSnapshot(snapshot.description) }
  }

  private func addSlice(
    name: String, region: String, permissions: Permissions,
    makingDisk: (SliceID) async throws -> Void
  ) async throws -> Slice {
    let isText = !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard isText, (1...Endpoint.longestName).contains(name.count) else {
      throw LocalCloudError.badSliceName(name)
    }
    let operation = try await beginAdding(name, region, permissions)
    performing.add(operation)
    do {
      try await makingDisk(operation.slice)
      let size = try await store.size(of: .disk(operation.slice))
      try await end(operation) { transaction in
        try transaction.change(.sizeSlice, .number(size), .number(operation.slice.rawValue))
      }
      performing.remove(operation)
      return shown(
        SliceRecord(
          id: operation.slice, name: name, region: region, size: size, permissions: permissions,
          isDeleted: false))
    } catch {
      await fail(operation, with: error)
      performing.remove(operation)
      throw error
    }
  }

  private func beginAdding(
    _ name: String, _ region: String, _ permissions: Permissions
  ) async throws -> Operation {
    let (now, instance) = (now(), instances.id)
    return try await catalog.write { transaction in
      let isTaken = try Bool.fetchOne(
        transaction.database,
        sql: "SELECT EXISTS (SELECT 1 FROM slice WHERE name = ? AND deleted IS NULL)",
        arguments: [name])
      guard isTaken == false else { throw LocalCloudError.sliceNameTaken(name) }
      let id = try transaction.newNumber(in: .slice)
      try transaction.change(
        .addSlice, .number(id), .text(name), .text(region), .text(permissions.rawValue),
        .text(now.description))
      return try Operation.insert(
        .add, slice: SliceID(id), snapshot: nil, instance: instance, at: now, in: transaction)
    }
  }

  private func shown(_ record: SliceRecord) -> Slice {
    Slice(
      id: record.id, name: record.name, region: record.region, size: record.size,
      disk: store.location(ofDisk: record.id), permissions: record.permissions)
  }
}
