/// The way of Up and Down through the history, with what was typed before the first Up kept as the
/// draft that Down comes back to.
struct HistoryWalk {
  /// Each once, oldest first.
  let commands: [String]
  /// 0 is the draft, 1 the newest command.
  private var distance = 0
  private var draft: [Unicode.Scalar] = []
  /// What the commands that are stopped at begin with.
  private var prefix: [Unicode.Scalar] = []
  /// The text that the last move gave.
  private var shown: [Unicode.Scalar] = []

  init(commands: [String] = []) { self.commands = commands }

  /// The text one step further back (1) or forward (-1), nil where the history ends.
  ///
  /// `byPrefix` stops only at commands that begin with the draft; a text that was changed on the way
  /// is then a new draft. A draft of several lines is not looked for.
  mutating func move(
    _ step: Int, from text: [Unicode.Scalar], byPrefix: Bool = false
  ) -> [Unicode.Scalar]? {
    let isChanged = distance == 0 || text != shown
    let byPrefix = byPrefix && !(isChanged && text.contains("\n"))
    if byPrefix, isChanged { distance = 0 }
    if distance == 0 {
      draft = text
      prefix = byPrefix ? text : []
    } else if !byPrefix {
      prefix = []
    }
    var target = distance + step
    while target > 0, target <= commands.count, !isStop(target) { target += step }
    guard target >= 0, target <= commands.count else { return nil }
    distance = target
    shown = target == 0 ? draft : command(target)
    return shown
  }

  /// Goes on from the command at `index`, as after a search.
  mutating func jump(to index: Int, from text: [Unicode.Scalar]) {
    if distance == 0 { draft = text }
    distance = commands.count - index
    prefix = []
    shown = command(distance)
  }

  private func command(_ distance: Int) -> [Unicode.Scalar] {
    Array(commands[commands.count - distance].unicodeScalars)
  }

  private func isStop(_ distance: Int) -> Bool {
    guard !prefix.isEmpty else { return true }
    let command = commands[commands.count - distance].unicodeScalars
    return command.starts(with: prefix) && command.count > prefix.count
  }
}
