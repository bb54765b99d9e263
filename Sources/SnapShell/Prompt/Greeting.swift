import Glibc

/// What is said before the first prompt of a session, on stderr.
struct Greeting: Sendable {
  let text: String

  /// Longer at the very first start, which a file in the folder of the state tells of.
  init(_ settings: Settings) {
    let marker = "\(settings.folders.state)/greeted"
    let file = open(marker, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      text = "\(Usage.version) on '\(settings.profile)': type help, or press Tab; Ctrl-D leaves"
      return
    }
    close(file)
    let place =
      if case .local = settings.cloud { ", a cloud on this machine, to try things" } else { "" }
    text = """
      \(Usage.version): a shell for the snapshots of cloud slices
      You are on '\(settings.profile)'\(place).
      'help tour' shows you around, 'help' the commands. Tab completes, Ctrl-D leaves.
      Before data is overwritten or deleted, you are shown what, and asked.
      """
  }

  /// After `profile use`.
  init(changedTo settings: Settings) {
    text =
      "now on '\(settings.profile)'; what was declared before is forgotten, since ids differ here"
  }
}
