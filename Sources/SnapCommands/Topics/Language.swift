extension Topic {
  package static let language = Topic(
    name: "language", about: "The language in one page",
    parts: [
      .text(
        """
        A line is a command with words; | hands the rows of one command to the next. The whole text is
        checked before any of it runs. An error ends what is running, unless 'try' stands around it.
        """),
      .section("Words and values"),
      .code(
        """
        print plain 'as it is: $x' "with $(env('HOME')) inside"
        let name = "web-01"                      # is never changed
        var total = 0                            # is changed by: $total = …
        $total += 2 * (3 + 4)
        let sizes = [20GB, 512MiB]
        let pair = {name: $name, size: $sizes.0}
        print $pair.name "${pair.size}" $total
        let old = $(ls --query $name | where created < ago(30d))
        print (len($old))
        """),
      .terms([
        ("20GB 512MiB", "sizes: B kB MB GB TB, and KiB MiB GiB TiB"),
        ("30s 5min 7d", "durations: ms s min h d w"),
        ("2026-08-01", "a date, UTC; 2026-08-01T10:20 with the time"),
        ("$x.field $x.0 $x.field?", "a part; with ? null where there is none"),
        ("$(COMMAND ...)", "the result of a command"),
        ("...$list", "each item as an argument of its own"),
        ("!PROGRAM ARG...", "a program of this machine"),
      ]),
      .section("Rows"),
      .text(
        """
        In 'where' a bare word left of an operator is a column, right of it a text; a column on the
        right is written .name. Operators: == != < <= > >= ~ !~ in, not in, and, or, not.
        """),
      .code(
        """
        ls | where perms == rw and snapshot_size > 20GB | sort-by created
        ls | group-by vmname | each { {name: $it.vmname, n: len($it.rows)} }
        """),
      .section("Statements"),
      .code(
        """
        if now() > 2026-01-01 { print late } else { print early }
        for s in $(ls --query web) print $s.name
        for --jobs 4 --keep-going s in $(ls --query web) { show $s }
        while false { print never }
        try { show no-such-name } catch e { print "${e.kind}: ${e.message}" }
        """),
      .section("Functions"),
      .code(
        """
        # Snapshots of a slice that are older than some age.
        fn stale(slice: slice, --age: duration = 30d): list<snapshot> {
          return $(ls --query $slice.vmname | where created < ago($age))
        }
        stale web-01 --age 7d | first 3
        """),
      .text(
        """
        The comment above a function is its help. 'use "FILE.snap" as name' brings the functions of a
        file into a script, as name.function. A script takes its arguments by 'fn main(…)'.

        More: help functions, and docs/language.md with the grammar.
        """),
    ])
}
