/// The keys that differ from libedit's own, in the notation of editrc(5).
enum DefaultBindings {
  struct Binding: Equatable {
    var key: String
    var command: String
    /// Whether it belongs to vi's command map.
    var alternative = false

    var words: [String] { ["bind"] + (alternative ? ["-a"] : []) + [key, command] }
  }

  static func bindings(vi: Bool) -> [Binding] {
    var bindings = shared.map { Binding(key: $0.0, command: $0.1) }
    bindings += (vi ? viInsert : emacs).map { Binding(key: $0.0, command: $0.1) }
    if vi {
      bindings += (shared + viCommand).map { Binding(key: $0.0, command: $0.1, alternative: true) }
    }
    for (sequence, command) in sequences {
      let key = EightBitKey.bytes(sequence: Array(sequence.utf8)).map(KeyNotation.text)
      guard let key else { continue }
      bindings.append(Binding(key: key, command: command))
      if vi { bindings.append(Binding(key: key, command: command, alternative: true)) }
    }
    return bindings
  }

  /// After the ESC that begins them (xterm's control sequences, PC-style keys).
  static let sequences = [
    ("[A", "snapsh-up"), ("[B", "snapsh-down"),
    ("[C", "snapsh-forward-char"), ("[D", "snapsh-backward-char"),
    ("[H", "snapsh-line-start"), ("[1~", "snapsh-line-start"), ("[7~", "snapsh-line-start"),
    ("[F", "snapsh-line-end"), ("[4~", "snapsh-line-end"), ("[8~", "snapsh-line-end"),
    ("[3~", "snapsh-delete-char"), ("[3;5~", "em-delete-next-word"),
    ("[Z", "snapsh-complete"),
    ("[1;5C", "snapsh-forward-word"), ("[1;3C", "snapsh-forward-word"),
    ("[1;5D", "ed-prev-word"), ("[1;3D", "ed-prev-word"),
  ]

  private static let shared = [
    ("^I", "snapsh-complete"), ("^M", "snapsh-accept-line"), ("^J", "snapsh-accept-line"),
    ("^C", "snapsh-interrupt"), ("^D", "snapsh-delete-or-end"), ("^L", "snapsh-clear-screen"),
    ("^R", "snapsh-search-history"), ("^P", "snapsh-previous-history"),
    ("^N", "snapsh-next-history"), ("^Z", "snapsh-nothing"), ("^\\\\", "snapsh-nothing"),
    (KeyNotation.text([EightBitKey.paste]), "snapsh-paste"),
  ]

  private static let emacs =
    [
      ("^A", "snapsh-line-start"), ("^E", "snapsh-line-end"),
      ("^B", "snapsh-backward-char"), ("^F", "snapsh-forward-char"),
      ("^H", "snapsh-delete-previous-char"), ("^?", "snapsh-delete-previous-char"),
      ("\\ef", "snapsh-forward-word"), ("\\eF", "snapsh-forward-word"),
      ("^_", "snapsh-undo"), ("^X^U", "snapsh-undo"), ("^X^E", "snapsh-edit-externally"),
      // As in bash; libedit's own ^W kills to the mark and ^U the whole text.
      ("^W", "ed-delete-prev-word"), ("^U", "vi-kill-line-prev"),
      // libedit knows nothing of the history here.
      ("\\ep", "snapsh-previous-history"), ("\\en", "snapsh-next-history"),
      ("\\eP", "snapsh-previous-history"), ("\\eN", "snapsh-next-history"),
      // libedit's command line: overwrites the text, and crashes when it is left empty.
      ("\\ex", "snapsh-nothing"), ("\\eX", "snapsh-nothing"),
    ] + (0...9).map { ("\\e\($0)", "snapsh-nothing") }  // a count inserts ten million characters

  private static let viInsert = [
    ("\\e", "vi-command-mode"), ("^H", "snapsh-delete-previous-char"),
    ("^?", "snapsh-delete-previous-char"), ("^W", "ed-delete-prev-word"),
    ("^U", "vi-kill-line-prev"),
  ]

  private static let viCommand = [
    ("\\e", "snapsh-nothing"), ("k", "snapsh-vi-up"), ("j", "snapsh-vi-down"),
    ("-", "snapsh-previous-history"), ("+", "snapsh-next-history"), ("u", "snapsh-undo"),
    ("/", "snapsh-search-history"), ("?", "snapsh-search-history"),
    ("n", "snapsh-search-history"), ("N", "snapsh-search-history"),
    ("K", "snapsh-previous-history"), ("J", "snapsh-next-history"),
    ("G", "snapsh-nothing"), ("_", "snapsh-nothing"), ("@", "snapsh-nothing"),
    // Where terminals send arrows without ESC, which none does: would walk libedit's own history.
    ("O", "snapsh-nothing"), ("[", "snapsh-nothing"), ("U", "snapsh-nothing"),
    // As M-x in emacs; `v` starts an editor inside the library and runs what it leaves.
    (":", "snapsh-nothing"), ("v", "snapsh-edit-externally"),
  ]
}
