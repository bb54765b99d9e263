extension Topic {
  package static let exitCodes = Topic(
    name: "exit-codes", about: "What the exit code of a run means",
    parts: [
      .terms([
        ("0", "all was done"),
        ("1", "something failed"),
        ("2", "wrong usage, or an error that the check has found; nothing was run"),
        ("3", "some of the changes failed"),
        ("4", "the cloud did not accept the token, or there is none"),
        ("5", "the outcome of a change is unknown"),
        ("6", "declined, or stopped by a limit"),
        ("7", "a plan that is out of date, or was carried out before"),
        ("124", "waiting took too long"),
        ("130", "interrupted"),
      ]),
      .text("A script's code is that of the failure that ended it. More: docs/errors.md"),
    ])
}
