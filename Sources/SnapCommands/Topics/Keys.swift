extension Topic {
  static let keys = Topic(
    name: "keys", about: "Keys at the prompt",
    parts: [
      .terms([
        ("Tab", "complete, or offer what fits"),
        ("Enter", "run the line, or open another while it isn't complete"),
        ("Up, Down", "former lines"),
        ("Ctrl-R", "search the former lines"),
        ("Right, End", "take over the dim suggestion"),
        ("Ctrl-A, Ctrl-E", "to the beginning, to the end of the line"),
        ("Ctrl-W, Ctrl-U, Ctrl-K", "delete the word, the line, the rest of it"),
        ("Ctrl-L", "clear the screen"),
        ("Ctrl-C", "forget the line, or stop what is running"),
        ("Ctrl-D", "leave"),
      ]),
      .text(
        """
        A line that begins with a blank isn't kept among the former lines. ~/.editrc changes the
        keys, and 'bind -v' in it gives those of vi.
        """),
    ])
}
