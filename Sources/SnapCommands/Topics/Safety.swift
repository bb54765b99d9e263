extension Topic {
  package static let safety = Topic(
    name: "safety", about: "What is asked before data is lost, and how to limit it",
    parts: [
      .text(
        """
        Restoring overwrites a slice's disk, deleting removes a snapshot. Both show a table of what
        they would touch and ask once for the whole statement, loops and functions included: y does
        it, g takes a snapshot of each slice first, p writes a plan instead. From 20 on, or on a
        profile with 'production = true', the number is to be typed. Without a terminal nothing is
        sent unless --yes is given.
        """),
      .terms([
        ("--dry-run", "show what would be changed, change nothing"),
        ("--max-deletes N", "refuse what deletes more, before the first is deleted"),
        ("--stop-after N", "send nothing more after N failures, or after N%"),
        ("--rate 2/s", "so many changes a second, at most"),
        ("--jobs N", "so many slices at a time"),
        ("restore --guard", "take a snapshot of the disk as it is first"),
      ]),
      .text("They are options of the command line, of a profile, and of the session:"),
      .code(
        """
        set max-deletes 5
        set dry-run true
        ls --query web | rm
        """),
      .text(
        """
        - What a command reads is read to its end before it changes anything.
        - A restore needs rw on the snapshot and on the slice; else nothing is sent.
        - Ctrl-C sends nothing more and waits for the answers to what was sent; the cloud goes on
          with what it has accepted.
        - When an answer is lost, the outcome is unknown: snapsh looks, and says so with exit code 5
          when it can't tell. A restore is never sent again in doubt.
        - Each change is in the journal before it leaves: 'runs' shows them, 'resume' brings a run to
          its end that was broken off, 'resolve' decides about what is unknown.
        - 'plan FILE -O PLAN' writes down what a script would change, 'apply PLAN' does that, once.
        - 'undo' takes back renames, and restores that had a guard.
        - 'jobs' shows what the cloud is still doing, 'wait %12' waits for it.

        More: docs/safety.md
        """),
    ])
}
