import SnapLanguage

extension Tone {
  /// What `text`, the value of `field`, says of its row: that something runs on it, has failed,
  /// can't be changed or is gone.
  init(field: String, text: String, of record: Record) {
    self =
      switch (field, text) {
      case ("perms", "ro"), ("vm_perms", "ro"): .faint
      case ("in_progress", _), ("progress", _): record.isInProgress ? .running : .plain
      case ("vmname", _), ("vm_deleted", _): record.isSliceDeleted ? .faint : .plain
      case ("outcome", "failed"), ("outcome", "unknown"), ("verb", "rm"): .bad
      case ("outcome", "done"): .good
      case ("outcome", "timeout"), ("verb", "restore"): .running
      case ("outcome", "not started"): .faint
      default: .plain
      }
  }
}

extension Record {
  /// An empty or false `in_progress` means that nothing runs.
  var isInProgress: Bool { isSet("in_progress") }

  /// The snapshot's slice is gone.
  var isSliceDeleted: Bool { isSet("vm_deleted") }

  private func isSet(_ field: String) -> Bool {
    switch self[field] {
    case nil, .null, .bool(false), .int(0), .string(""): false
    default: true
    }
  }
}
