/// Tells which of the processes that work on a cloud are alive.
package protocol InstanceRegister: Sendable {
  /// Names this process; never used again.
  var id: String { get }

  /// The processes that may have left operations.
  func known() async throws -> [String]

  /// Whether the process `id` is dead, and nothing that it began can reach an image any more.
  func isGone(_ id: String) async throws -> Bool

  /// Called when all that the process `id` left has been taken over.
  func forget(_ id: String) async throws

  /// Keeps this process known as alive until its task is cancelled. Throws
  /// `LocalCloudError.takenOver` when others have come to hold it for dead.
  func keepAlive() async throws

  /// Takes this process out of those that are known: it has left nothing.
  func leave() async throws

  /// How often to look whether others have died; nil when that is seen without looking.
  var interval: Duration? { get }
}
