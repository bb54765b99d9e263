import OrderedJSON
import SnapLanguage
import Testing

@testable import LanguageServer

struct HoverTests {
  private static let script = """
    # 😀 Keeps the newest ones.
    fn tidy(slice: slice, --keep: int = 2): list<snapshot> {
      return $(ls $slice)
    }
    var total: size = 3GB
    for s in $(tidy web-01 --keep 3) { print "😀 ${s.name}" $total }
    """

  @Test(
    "What stands at a place is explained",
    arguments: [
      (
        "r‸estore 3 --wait",
        "```snapsh\nrestore [SNAPSHOT] [SLICE] [--wait] [--timeout DURATION]\n```"
      ),
      ("restore‸ 3 --wait", "The slice is offline while it runs."),
      ("restore 3 --wa‸it", "until it is done"),
      ("ls -‸q web", "ls --query string"),
      ("ls | wh‸ere id > 1", "Keep some rows"),
      ("print (le‸n([1]))", "len(text, list or record)"),
      ("fo‸r i in 1..3 print $i", "for [--jobs N] [--keep-going] NAME in LIST"),
      ("let a = 1 + 2; print $‸a", "$a: int"),
      ("let a = 1 + 2; print $a‸", "Declared in line 1: `let a = 1 + 2; print $a`"),
      ("var a‸ = 1; print $a", "It can be changed."),
      ("var a = 1; $a‸ += 1", "It can be changed."),
      ("try { ls } catch e { throw $‸e }", "$e: record"),
    ])
  func explained(_ text: String, _ expected: String) throws {
    let content = try OpenText(text).ask("hover")["contents"]
    #expect(content?["kind"] == "markdown")
    let value = try #require(content?["value"]?.stringValue)
    #expect(value.contains(expected))
  }

  @Test(
    "Functions and variables of the text are explained by their declarations",
    arguments: [
      ("tidy web", "tidy SLICE [--keep N]"), ("tidy web", "😀 Keeps the newest ones."),
      ("--keep 3", "default: `2`"), ("s.name", "$s: any"), ("$total }", "$total: size"),
      ("slice)", "$slice: slice"),
    ])
  func ownNames(_ place: String, _ expected: String) throws {
    let start = try #require(Self.script.firstRange(of: place)).lowerBound
    var marked = Self.script
    marked.insert("‸", at: start)
    let value = try OpenText(marked).ask("hover")["contents"]?["value"]?.stringValue
    #expect(value?.contains(expected) == true)
  }

  @Test("The range of what is explained is given in the client's units")
  func rangeIsGiven() throws {
    let text = try OpenText("print \"😀😀\" $(l‸s)")
    #expect(try text.text(text.ask("hover")["range"]) == "ls")
  }

  @Test("Nothing is said of plain words, numbers and blanks", arguments: ["print a‸b", "4‸2", "‸"])
  func nothingIsSaid(_ text: String) throws { #expect(try OpenText(text).ask("hover") == .null) }

  @Test("A client that reads no Markdown gets plain text")
  func plainText() throws {
    let client = try Client.initialized([:])
    let content = try OpenText("l‸s", in: client).ask("hover")["contents"]
    #expect(content?["kind"] == "plaintext")
    #expect(content?["value"]?.stringValue?.hasPrefix("ls [SLICE] [--query TEXT]\n\n") == true)
  }

  @Test("Every word of the grammar is explained")
  func everyKeywordIsExplained() {
    #expect(Keywords.all == Set(KeywordHelp.texts.keys))
    #expect(Keywords.all.isSuperset(of: Keyword.offered))
  }
}
