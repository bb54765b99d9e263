import SnapLanguage
import Testing

/// What the formatter breaks and keeps, beside what FormatTests has.
struct LayoutSpec {
  private static let name = String(repeating: "n", count: 60)

  static let texts: [(sentence: String, before: String, after: String)] = [
    (
      "a record that is too long is broken after its commas",
      "let r = {a: $\(name), b: $\(name)}",
      """
      let r = {
        a: $\(name),
        b: $\(name),
      }

      """
    ),
    (
      "so is a call",
      "print (join($\(name), $\(name)))",
      """
      print (join(
          $\(name),
          $\(name),
        ))

      """
    ),
    (
      "a block that stood on several lines stays so",
      "if $x {\nprint a\n}\nfor i in 1..2 {\nprint $i }\nfn f() {\n1\n}\n",
      """
      if $x {
        print a
      }
      for i in 1..2 {
        print $i
      }
      fn f() {
        1
      }

      """
    ),
    (
      "a pipeline of two lines stays one of two lines",
      "ls\n| count\n",
      """
      ls
        | count

      """
    ),
    (
      "blocks in blocks are indented by two blanks more",
      "for i in 1..2 {\nif $i == 1 {\nprint one\n}\n}\n",
      """
      for i in 1..2 {
        if $i == 1 {
          print one
        }
      }

      """
    ),
    (
      "numbers, quotes and parentheses stay as they were written",
      "print  ((1))  1.50   \"a\"  'a'  ( 0.50 ) 1000MB",
      """
      print ((1)) 1.50 "a" 'a' (0.50) 1000MB

      """
    ),
  ]

  @Test(arguments: texts)
  func `a script is laid out so, and laying it out again changes nothing`(
    sentence: String, before: String, after: String
  ) throws {
    let once = try ScriptFormatter.format(SourceText(name: "test.snap", text: before))
    #expect(once == after, "\(sentence)")
    let twice = try ScriptFormatter.format(SourceText(name: "test.snap", text: once))
    #expect(twice == after, "\(sentence)")
  }
}
