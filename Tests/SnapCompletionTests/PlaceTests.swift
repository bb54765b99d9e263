import SnapCompletion
import SnapLanguage
import Testing

/// A text with its cursor, and the texts that are offered there.
struct Case: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: [String]

  init(_ text: String, _ expected: [String]) {
    self.text = text
    self.expected = expected
  }

  var testDescription: String { text }
}

private let columns = Commands.snapshotColumns
private let piped = [
  "each", "first", "get", "group-by", "print", "restore", "rm", "save", "select", "show", "sort-by",
  "to", "where",
]
private let starting = [
  "copy", "create", "help", "ls", "open", "print", "rename", "restore", "rm", "show", "slices",
  "wait",
]
private let keywords = Keyword.offered.sorted()
private let types = [
  "any", "bool", "datetime", "duration", "enum", "float", "int", "list", "record", "size", "slice",
  "snapshot", "string",
]

private let commandCases = [
  Case("‸", starting + keywords), Case("   ‸", starting + keywords),
  Case("re‸", ["rename", "restore", "return"]), Case("del‸", []), Case("xyz‸", []),
  Case("ls; re‸", ["rename", "restore", "return"]),
  Case("ls\nre‸", ["rename", "restore", "return"]),
  Case("foo = 3\nre‸", ["rename", "restore", "return"]), Case("foo = 3; sl‸", ["slices"]),
  Case("re‸ xx", ["rename", "restore", "return"]),
  Case("ls | ‸", piped), Case("ls |‸", piped),
  Case("ls | s‸", ["save", "select", "show", "sort-by"]),
  Case("ls | sort-‸", ["sort-by"]), Case("ls | sort-b‸", ["sort-by"]),
  Case("ls | where‸", ["where"]),
  Case("ls\n  | g‸", ["get", "group-by"]), Case("ls |\n g‸", ["get", "group-by"]),
  Case("for s in $(‸", starting), Case("for s in $(l‸", ["ls"]),
  Case("print $(re‸", ["rename", "restore"]),
  Case("for s in $(ls) re‸", ["rename", "restore"]), Case("for s in $(ls) ‸", starting),
  Case("for s in $(ls) { re‸", ["rename", "restore", "return"]),
  Case("if $x { ‸", starting + keywords), Case("ls | each { pr‸", ["print"]),
  Case("print \"${x} $(sl‸", ["slices"]), Case("let n = $(s‸", ["show", "slices"]),
  Case("fn tidy(a) { ls }\nti‸", ["tidy"]), Case("ret‸", ["return"]), Case("break‸", ["break"]),
  Case("let x = 3 ‸", ["and", "or"]), Case("# re‸", []), Case("ls # ‸", []),
  Case("# a\nsl‸", ["slices"]),
  Case("help re‸", ["rename", "restore", "replace"]), Case("help sort‸", ["sort-by"]),
]

private let flagCases = [
  Case("restore -‸", ["--guard", "--timeout", "--wait"]),
  Case("restore --‸", ["--guard", "--timeout", "--wait"]),
  Case("restore --w‸", ["--wait"]), Case("restore --wait 3 --‸", ["--guard", "--timeout"]),
  Case("restore --wait --wait‸", []), Case("rm 77 --ti‸", ["--timeout"]),
  Case("delete --ti‸", ["--timeout"]),
  Case("ls -q‸", ["--query"]), Case("ls -q web --‸", ["--page"]),
  Case("ls --query=web --‸", ["--page"]),
  Case("ls --query ‸", []), Case("ls --query=‸", []), Case("ls --query=we‸", []),
  Case("rm -- -‸", ["before-upgrade", "upgrade-2"]), Case("ls | sort-by id --‸", ["--desc"]),
  Case("ls | sort-by id -d‸", []),
  Case("print $(ls --p‸", ["--page"]), Case("nothing --‸", []),
  Case("for --‸", ["--jobs", "--keep-going"]), Case("for --keep-‸", ["--keep-going"]),
  Case("create web-01 x ‸", ["--timeout", "--wait"]), Case("create web-01 ‸", []),
  Case("fn tidy(q, --jobs: int = 4) { ls }; tidy --‸", ["--jobs"]),
]

private let valueCases = [
  Case("ls | to ‸", ["json", "jsonl", "csv", "yaml"]), Case("ls | to j‸", ["json", "jsonl"]),
  Case("ls | to 'j‸", ["'json'", "'jsonl'"]), Case("ls | to \"c‸", ["\"csv\""]),
  Case("ls | sort-by ‸", columns), Case("ls | sort-by id ‸", columns.filter { $0 != "id" }),
  Case("ls | where perms == rw | first 3 | get n‸", ["name"]),
  Case("ls | select id name | sort-by ‸", ["id", "name"]),
  Case("slices | sort-by s‸", ["snapshots"]),
  Case("ls | get id | sort-by ‸", []), Case("ls | group-by vmname | get ‸", ["vmname", "rows"]),
  Case("open x.json | sort-by ‸", []), Case("!cat x | sort-by ‸", []),
  Case("let n = $(ls)\n$n | sort-by cr‸", ["created"]),
  Case("for g in $(ls | group-by vm_id) { $g.rows | sort-by cr‸", ["created"]),
  Case("let x: ‸", types), Case("fn f(a: s‸", ["size", "slice", "snapshot", "string"]),
  Case("try { ls } ‸", ["catch", "finally"]), Case("if true { ls } el‸", ["else"]),
  Case("for s ‸", ["in"]), Case("for s i‸", ["in"]),
]

private let rowCases = [
  Case("ls | where ‸", columns), Case("ls | where p‸", ["perms"]),
  Case("ls | where vm‸", ["vm_id", "vmname"]),
  Case("ls | where perms == rw and na‸", ["name"]),
  Case("ls | where (perms == rw or na‸", ["name"]),
  Case("ls | where not pe‸", ["perms"]), Case("ls | where 'x' == .na‸", ["name"]),
  Case("ls | where 'x' == .‸", columns),
  Case("slices | where s‸", ["snapshots", "split(", "starts-with("]),
  Case("ls | where starts-‸", ["starts-with("]), Case("ls | where len(na‸", ["name"]),
  Case("ls | where perms == ‸", ["ro", "rw"]), Case("ls | where perms ==‸", ["ro", "rw"]),
  Case("ls | where perms == r‸", ["ro", "rw"]), Case("ls | where perms == 'r‸", ["'ro'", "'rw'"]),
  Case("ls | where region == ‸", ["ams", "fra", "zrh"]), Case("ls | where region in [f‸", ["fra"]),
  Case("ls | where region in [‸", ["ams", "fra", "zrh"]),
  Case("ls | where region in [fra, ‸", ["ams", "fra", "zrh"]),
  Case("ls | where vmname == 01‸", ["web-01", "db-01"]),
  Case("ls | where vmname == \"we‸", ["\"web-01\"", "\"web-02\""]),
  Case("ls | where vmname == b‸", ["büro", "web-01", "web-02", "db-01"]),
  Case("ls | where name ~ upg‸", ["upgrade-2", "before-upgrade", "'my upgrade'"]),
  Case("ls | where id == 149‸", ["14901", "1490"]), Case("ls | where created < ag‸", ["ago("]),
  Case(
    "ls | where perms ‸",
    ["==", "!=", "<=", ">=", "<", ">", "!~", "~", "in", "not in", "and", "or"]),
  Case("ls | where perms == rw ‸", ["and", "or"]), Case("ls | where perms == rw an‸", ["and"]),
]

private let variableCases = [
  Case("let x = $‸", ["$a", "$b2"]), Case("let x = 3\nprint $‸", ["$x", "$a", "$b2"]),
  Case("print $b‸", ["$b2"]), Case("print ${‸", ["${a", "${b2"]), Case("print \"at ${b‸", ["${b2"]),
  Case("for s in $(ls) restore $‸", ["$s", "$a", "$b2"]), Case("for s in ‸", ["$a", "$b2", "$("]),
  Case("fn f(query, --min-age: duration) { print $‸", ["$min_age", "$query", "$a", "$b2"]),
  Case("if true { let inner = 1 }\nprint $i‸", []), Case("try { ls } catch e { print $e‸", ["$e"]),
  Case("ls | each { print $‸", ["$it", "$a", "$b2"]), Case("$b‸", ["$b2"]),
  Case("print web-$b‸", ["$b2"]),
  Case("for s in $(ls) print $s.‸", columns),
  Case("for s in $(ls) print $s.vm‸", ["vm_id", "vmname"]),
  Case("for s in $(ls) rename $s \"old-${s.na‸", ["name"]),
  Case("for s in $(ls) { print ${s.cr‸", ["created"]),
  Case("let n = $(ls | first 1)\nprint $n.0.na‸", ["name"]),
  Case("let n = $(ls)\nprint $n[0].na‸", ["name"]),
  Case("for s in $(slices) print $s.‸", Commands.sliceColumns),
  Case("ls | each { print $it.na‸", ["name"]),
  Case("ls | group-by vmname | each { print $it.‸", ["vmname", "rows"]),
  Case("ls | where $it.pe‸", ["perms"]), Case("fn f(s: snapshot) { print $s.na‸", ["name"]),
  Case("try { ls } catch e { if $e.k‸", ["kind"]), Case("print $a.‸", []),
  Case("let x = $x\nprint $x.‸", []),
  Case("for s in $(slices) { for s in $(ls) { print $s.cr‸", ["created"]),
  Case("let x = ne‸", []), Case("let x = le‸", ["len("]),
  Case("let x = starts-w‸", ["starts-with("]),
  Case("if no‸", ["now()"]), Case("let x = (1 + ma‸", ["max("]),
  Case("let x = [tr‸", ["trim(", "true"]),
  Case("let x = a‸", ["$a", "abs(", "ago("]), Case("print 'abc‸", []), Case("let x = 'abc‸", []),
]

struct PlaceTests {
  private func check(_ test: Case) {
    var session = Session(Session.sample)
    session.variables = ["b2", "a"]
    #expect(session.texts(test.text) == test.expected)
  }

  @Test(
    "the fields of what a variable of the session holds are offered",
    arguments: [
      Case("print $one.‸", ["id", "name"]), Case("print $one.na‸", ["name"]),
      Case("print $rows.0.‸", ["id", "name"]), Case("$rows | where na‸", ["name"]),
      Case("for s in $rows { print $s.i‸", ["id"]), Case("print $number.‸", []),
      Case("let one = $(ls)\nprint $one.0.vm‸", ["vm_id", "vmname"]),
      Case("let q = {aa: 1, \"b b\": 2}\nprint $q.a‸", ["aa"]),
      Case("let l = [{aa: 1}, {aa: 2}]\nfor s in $l { print $s.‸", ["aa"]),
    ])
  func fields(_ test: Case) {
    let row = Value.record(Record([("id", .int(1)), ("name", .string("a"))]))
    var session = Session(Session.sample)
    session.values = ["one": row, "rows": .list([row]), "number": .int(1)]
    #expect(session.texts(test.text) == test.expected)
  }

  @Test("a word that begins no command is told from one that is complete")
  func unknownCommand() {
    let session = Session(Session.sample)
    #expect(session.complete("foo‸").note == "no command begins with 'foo'")
    #expect(session.complete("ls‸").note == nil)
    #expect(session.complete("‸").note == nil)
  }

  @Test("columns stand with their types, and words of an enumeration with what they mean")
  func details() {
    let session = Session(Session.sample)
    func details(_ text: String) -> [String] {
      session.complete(text).candidates.map { $0.details.joined() }
    }
    #expect(details("ls | where cr‸") == ["datetime"])
    #expect(details("ls | select id created | sort-by cr‸") == ["datetime"])
    #expect(details("for s in $(ls) print $s.cr‸") == ["datetime"])
    #expect(details("ls | where na‸") == [""])
    #expect(details("ls | to j‸") == ["one text", ""])
  }

  @Test("after % there are jobs alone")
  func jobs() {
    let session = Session(Session.sample)
    #expect(session.texts("wait %‸") == ["%12"])
    #expect(session.complete("wait %3‸").note == "no such job goes on")
    #expect(session.texts("wait upg‸") == ["upgrade-2", "before-upgrade", "'my upgrade'"])
  }

  @Test("after a flag that a command doesn't have, nothing is offered for it")
  func unknownFlag() {
    #expect(Session(Session.sample).texts("ls -o ‸").allSatisfy { $0.hasPrefix("--") })
  }

  @Test("commands and keywords are offered where they can stand", arguments: commandCases)
  func commands(_ test: Case) { check(test) }

  @Test("flags are offered that were not given", arguments: flagCases)
  func flags(_ test: Case) { check(test) }

  @Test("values and columns are offered by type", arguments: valueCases)
  func values(_ test: Case) { check(test) }

  @Test("where offers columns on the left and their values on the right", arguments: rowCases)
  func rows(_ test: Case) { check(test) }

  @Test("variables, fields and functions are offered in expressions", arguments: variableCases)
  func variables(_ test: Case) { check(test) }
}
