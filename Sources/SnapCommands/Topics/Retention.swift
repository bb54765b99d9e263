extension Topic {
  static let retention = Topic(
    name: "retention", about: "Which snapshots are kept, and which 'prune' deletes",
    parts: [
      .text(
        """
        'prune' looks at the snapshots of each slice by themselves, newest first, and keeps those
        that at least one rule keeps. The rules are those of restic.
        """),
      .terms([
        ("--keep-last N", "the N newest"),
        ("--keep-hourly N", "the newest of each hour, for the last N hours that have any"),
        ("--keep-daily N", "the same for days"),
        ("--keep-weekly N", "for weeks, from Monday on"),
        ("--keep-monthly N", "for months"),
        ("--keep-yearly N", "for years"),
        ("--keep-within D", "all that are younger than D, counted from the newest of the slice"),
        ("--keep-within-daily D", "the newest of each day within D; so for the other periods"),
      ]),
      .text(
        """
        - Days, weeks and months are those of UTC. An hour without a snapshot doesn't count: daily 7
          keeps seven snapshots of a slice that had seven days with any, however long ago.
        - A rule keeps by itself: --keep-daily 7 --keep-weekly 4 keeps what either of them keeps.
        - Without any rule nothing is deleted: it is an error.
        - Each slice keeps at least its newest snapshot, whatever the rules say.
        - A snapshot whose time isn't known, one that is read-only and one that is in use stay.
        - The plan says for each snapshot which rule keeps it, or that none does. You are asked
          before anything is deleted, and --max-deletes stops a plan that is too large.
        """),
      .section("By hand"),
      .text(
        "A rule of your own, such as: of each slice, all but the 7 newest, older than 30 days."),
      .code(
        """
        for g in $(ls --query auto- | group-by vm_id) {
          let doomed = $($g.rows | sort-by created --desc | skip 7 | where created < ago(30d))
          print "${g.vm_id}: $(len($doomed)) to delete"
          $doomed | rm
        }
        """),
    ])
}
