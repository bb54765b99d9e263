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
        - Days, weeks and months are those of --zone, UTC by default. An hour without a snapshot
          doesn't count: daily 7 keeps seven snapshots of a slice that had seven days with any,
          however long ago.
        - A rule keeps by itself: --keep-daily 7 --keep-weekly 4 keeps what either of them keeps.
        - Without any rule nothing is deleted: it is an error.
        - Each slice keeps at least its newest complete snapshot, or --keep-at-least N of them.
        - A snapshot that is running, failed, read-only, or from the future neither counts nor goes.
        - 'prune … --dry-run' shows each snapshot with the rules that keep it, or why none does. You
          are asked before anything is deleted, and --max-deletes stops what would delete more.
        - Rules can have a name in the profile: prune --policy gfs.
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
