/// What a client may do with a slice or a snapshot: `perms` and `vm_perms` of the API.
package enum Permissions: String, Sendable, CaseIterable {
  case readWrite = "rw"
  case readOnly = "ro"
}
