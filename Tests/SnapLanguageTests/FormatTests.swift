import SnapLanguage
import Testing

/// How scripts are formatted, as texts before and after.
struct FormatTests {
  static let small: [(String, String)] = [
    ("print   a\tb;print c;;", "print a b\nprint c"),
    ("let x:int=1+2*-3", "let x: int = 1 + 2 * -3"),
    ("$x+=1", "$x += 1"),
    ("if $x==1{print a}else{print b}", "if $x == 1 { print a } else { print b }"),
    ("if $x { print a; print b } else { print c }", multiLineElse),
    ("for i in 1 .. 5   print $i", "for i in 1..5 print $i"),
    (
      "for --jobs=8 --keep-going s in $(ls){rm $s}",
      "for --jobs=8 --keep-going s in $(ls) { rm $s }"
    ),
    (
      "try{ls}catch e{print a}finally{print b}",
      "try { ls } catch e { print a } finally { print b }"
    ),
    ("use 'a.snap'   as  a", "use 'a.snap' as a"),
    ("ls|where not(a==b)and c in[1,2,]|rm", "ls | where not (a == b) and c in [1, 2] | rm"),
    ("ls|each{ {a : 1,'b':2} }", "ls | each { {a: 1, 'b': 2} }"),
    (
      "print ((1+2)) $x[ 0 ].a? ${x.a}b ...[1] -- --x",
      "print ((1 + 2)) $x[0].a? ${x.a}b ...[1] -- --x"
    ),
    ("print a \\\n  b \\\r\n c", "print a b c"),
    ("len( $x , 2 )", "len($x, 2)"),
    ("!uname   -a|print", "!uname -a | print"),
    ("ls | where not-x > 1", "ls | where not- x > 1"),
    ("ls | each { ; }", "ls | each { ; }"),
    ("while true { }", "while true {}"),
    ("print 'a  b'  \"c  ${x}\" 007  1.50", "print 'a  b' \"c  ${x}\" 007 1.50"),
    ("", ""), ("\n\n", ""), (";", ""),
    ("\n\nls\n\n\n\nls\n\n", "ls\n\nls"),
    ("ls # a\r\n\r\n# b  \r\nls", "ls # a\n\n# b\nls"),
    ("#!/usr/bin/env snapsh\nls", "#!/usr/bin/env snapsh\nls"),
  ]

  private static let multiLineElse = """
    if $x {
      print a
      print b
    } else {
      print c
    }
    """

  @Test(arguments: small)
  func `a line gets its one form`(_ before: String, _ after: String) throws {
    #expect(try format(before) == (after.isEmpty ? "" : after + "\n"))
  }

  @Test func `a function with a comment among its parameters takes a line for each`() throws {
    let before = """
      # The newest.
      fn newest(slice:slice,--count:int=1,   # how many
        --perms:enum( ro|rw )="rw"):list<snapshot>{ return $(ls|first $count) }
      """
    let after = """
      # The newest.
      fn newest(
        slice: slice,
        --count: int = 1, # how many
        --perms: enum(ro|rw) = "rw",
      ): list<snapshot> { return $(ls | first $count) }

      """
    #expect(try format(before) == after)
  }

  @Test func `a pipeline that stood on several lines has a line for each stage`() throws {
    let before = """
      ls   | where a==b # what
       # own
       | sort-by x |
       rm # end
      let x = $(ls
      | count)
      """
    let after = """
      ls
        | where a == b # what
        # own
        | sort-by x
        | rm # end
      let x = $(ls
        | count)

      """
    #expect(try format(before) == after)
  }

  @Test func `what is longer than 100 columns is broken at its outermost places`() throws {
    let name = String(repeating: "n", count: 60)
    let before = """
      ls | where name == \(name) | sort-by created | first 3
      print \(name) \(name) --wait
      print --query \(name) --other \(name)
      let x = $\(name) + $\(name)
      let y = [$\(name), $\(name)]
      if $\(name) and $y { print a; } else { print 'this and that' }
      """
    let after = """
      ls
        | where name == \(name)
        | sort-by created
        | first 3
      print \(name) \\
          \(name) --wait
      print --query \(name) \\
          --other \(name)
      let x = $\(name) \\
          + $\(name)
      let y = [
        $\(name),
        $\(name),
      ]
      if $\(name) and $y {
        print a
      } else {
        print 'this and that'
      }

      """
    #expect(try format(before) == after)
  }

  @Test func `lists and records that stood on several lines stay so`() throws {
    let before = """
      let r = {a:1, # one
       "b":[1,2,
       3],


       # last
       c:{d:1}}
      print [
      ] [ # nothing
      ]
      """
    let after = """
      let r = {
        a: 1, # one
        "b": [
          1,
          2,
          3,
        ],

        # last
        c: {d: 1},
      }
      print [] [ # nothing
      ]

      """
    #expect(try format(before) == after)
  }

  @Test func `comments stay where they are in blocks, and strings over several lines as they are`()
    throws
  {
    let before = """
      if $x { # head

       # own
       print 'a
         b' # after

       # last

      } else{ # empty
      }
      let z = (1 # one
       + # two
       2)
      """
    let after = """
      if $x { # head
        # own
        print 'a
         b' # after

        # last
      } else { # empty
      }
      let z = (1 # one
        + # two
        2)

      """
    #expect(try format(before) == after)
  }

  @Test func `what is nested deep, or long, is formatted`() async throws {
    let deep = String(repeating: "[(", count: 45) + "1" + String(repeating: ")]", count: 45)
    let texts = ["print \(deep)", "print" + String(repeating: " word", count: 20_000)]
    let faults = await InterpreterThread.run { texts.map { Formatted.fault($0) } }
    #expect(faults == [nil, nil])
  }

  @Test(arguments: ["let = 1", "ls |", "print 'a", "if $x {", "}", "for i in 1 do"])
  func `a text that does not parse is refused with its errors`(_ text: String) {
    let error = #expect(throws: Program.Rejection.self) { try format(text) }
    #expect(error?.diagnostics.isEmpty == false)
  }

  @Test func `only a comment that stands right above a function is its help`() {
    let above = "# a\nprint 1; fn f() {}\n# b \r\nfn g() {}\n# c\n\nfn h() {}\n# d\n; fn i() {}"
    let script = Parser.parse(SourceText(name: "test.snap", text: above))
    let about = script.code.statements.compactMap { statement in
      if case .function(let function) = statement.kind { function.about } else { nil }
    }
    #expect(about == ["", "b", "", "d"])
  }

  private func format(_ text: String) throws -> String {
    try ScriptFormatter.format(SourceText(name: "test.snap", text: text))
  }
}
