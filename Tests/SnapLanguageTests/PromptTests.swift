import SnapLanguage
import Testing

struct PromptTests {
  static let incomplete = [
    "for x in $(ls) {", "if true {\n print 1", "print (1 +", "let x = [1,", "print {a: 1,",
    "print $(ls",
    "print \"abc", "print 'abc", "ls |", "ls |\n", "ls | # comment", "ls \\", "ls \\\n",
    "print a\\",
    "let x = \\", "fn f(a,", "ls | each { print", "print \"${x", "print \"$(ls",
    "ls | where (id == 1",
    "try { print 1 } catch {",
  ]

  @Test(arguments: incomplete)
  func `a prompt reads on after what is open`(_ text: String) {
    #expect(Parser.parse(SourceText(name: "<prompt>", text: text)).isIncomplete)
  }

  static let complete = [
    "", "ls", "ls # {", "print '{'", "let x", "let x =", "if true", "for x in", "print )",
    "ls | | x", "x = {",
    "1 +", "print $", "try { print 1 }", "}", "ls | where", "for x in $(ls) do {", "print \\q",
    "use",
    "print \"a\" \"b\"", "fn f",
  ]

  @Test(arguments: complete)
  func `a prompt takes what is complete or wrong`(_ text: String) {
    #expect(!Parser.parse(SourceText(name: "<prompt>", text: text)).isIncomplete)
  }

  @Test func `lines see the variables and functions of earlier lines`() async {
    let session = TestSession()
    #expect(await session.run("let x = 1").errors == [])
    #expect(await session.run("var y = $x + 1; fn f(a: int) { $a + $y }").errors == [])
    #expect(await session.run("f 10").shown == ["12"])
    #expect(await session.run("$y = 5").errors == [])
    #expect(await session.run("f 10").shown == ["15"])
    #expect(await session.run("for i in 1..2 { let z = $i * $y; print $z }").shown == ["5", "10"])
    #expect(await session.run("print $z").errors.count == 1)
  }

  @Test func `a variable and a function may be declared again`() async {
    let session = TestSession()
    _ = await session.run("let x = 1; fn f() { 'old' }")
    #expect(await session.run("let x = 'two'; fn f() { 'new' }").errors == [])
    #expect(await session.run("print $x; f").shown == ["two", "new"])
  }

  @Test func `a rejected line declares nothing`() async {
    let session = TestSession()
    _ = await session.run("let x = 1; fn f() { 'old' }")
    #expect(await session.run("let x = 2; let w = 3; fn f() { 'new' }; lss").errors.count == 1)
    #expect(await session.run("print $x; f").shown == ["1", "old"])
    #expect(await session.run("print $w").errors.count == 1)
  }

  @Test func `a variable whose value failed is unknown to the next line`() async {
    let session = TestSession()
    _ = await session.run("let x = 1")
    #expect(await session.run("let x = $(broken); let y = 2").failure?.kind == .network)
    #expect(await session.run("print $x").shown == ["1"])
    #expect(await session.run("print $y").errors.count == 1)
  }

  @Test func `a library may be used again`() async {
    let session = TestSession(libraries: ["a": "fn f() { 1 }"])
    #expect(await session.run("use 'a'").errors == [])
    #expect(await session.run("use 'a'").errors == [])
    #expect(await session.run("f").shown == ["1"])
  }
}
