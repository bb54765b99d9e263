extension Topic {
  static let tour = Topic(
    name: "tour", about: "A look around, in ten lines to type on the local cloud",
    parts: [
      .text(
        """
        The local cloud runs inside snapsh, over files on this machine. The prompt says local> when
        you are there; 'profile use local' takes you there. Type, or paste, one line after the other.
        """),
      .code(
        """
        local add web-01 --size 64MiB          # a slice, which is a virtual machine
        create web-01 before-upgrade --wait    # a snapshot of its disk, waited for
        create web-01 '{slice}-{date}' --wait  # another, named by the day
        ls                                     # all snapshots; 'ls web-01', those of one slice
        show before-upgrade                    # all about one, by its name or its id
        """),
      .text("A list can be chosen from, sorted, and written to a file:"),
      .code(
        """
        ls | where vmname == web-01 and created > ago(1h) | sort-by id --desc
        ls | select id name snapshot_size | to csv
        """),
      .text("What overwrites or deletes data shows what it is and asks first:"),
      .code(
        """
        restore before-upgrade --wait
        for s in $(ls --query web) rename $s "old-${s.name}"
        ls | where name ~ "^old-" | rm
        """),
      .text(
        """
        --dry-run, or 'set dry-run true', shows what would be changed and sends nothing. Ctrl-C stops
        what is running. 'local remove web-01' tidies up.

        Go on with: help language, help safety, help restore.
        """),
    ])
}
