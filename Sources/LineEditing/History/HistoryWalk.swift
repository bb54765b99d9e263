/// The way of Up and Down through the history, with what was typed before the first Up kept as the
/// draft that Down comes back to.
struct HistoryWalk {
  private(set) var commands: [String] = []
  /// 0 is the draft, 1 the newest command.
  private(set) var distance = 0
  private var draft: [Unicode.Scalar] = []

  init(commands: [String] = []) { self.commands = commands }

  /// Begins a new line at the draft.
  mutating func restart() {
    distance = 0
    draft = []
  }

  /// False for a command that history does not keep: empty, begun with a blank, or the last again.
  mutating func add(_ command: String, limit: Int) -> Bool {
    guard let first = command.first, first != " ", first != "\t", command != commands.last else {
      return false
    }
    commands.append(command)
    if commands.count > limit { commands.removeFirst(commands.count - limit) }
    return true
  }

  /// The text `steps` further back (negative: forward), nil where the history ends.
  mutating func move(_ steps: Int, from text: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    let target = distance + steps
    guard target >= 0, target <= commands.count else { return nil }
    if distance == 0 { draft = text }
    distance = target
    return target == 0 ? draft : Array(commands[commands.count - target].unicodeScalars)
  }

  /// Goes on from the command at `index`, as after a search.
  mutating func jump(to index: Int, from text: [Unicode.Scalar]) {
    if distance == 0 { draft = text }
    distance = commands.count - index
  }

  /// The rest of the newest command that begins with `text`.
  func suggestion(for text: String) -> String? {
    guard !text.isEmpty else { return nil }
    let typed = text.unicodeScalars
    let found = commands.last { $0.unicodeScalars.starts(with: typed) && $0 != text }
    return found.map { String($0.unicodeScalars.dropFirst(typed.count)) }
  }
}
