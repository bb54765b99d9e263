import Testing

@testable import SnapLanguage

struct AnalysisTests {
  private static func analysis(_ text: String) -> Analysis {
    Analysis(
      SourceText(name: "test", text: text), commands: TestCommands.lookup(),
      libraries: TestLibraries())
  }

  @Test(
    "An analysis finds what a program is rejected for",
    arguments: [
      "let x = 1", "lss", "print $y", "fn f(a) { f 1 }; f", "let a = 1; let a = 2; print $a",
      "if", "print 'a", "fn f() { g }; fn g() { f }; f", "for s in [1] { print $s }; print $s",
    ])
  func findsTheSame(_ text: String) throws {
    var rejected: [String] = []
    do throws(Program.Rejection) {
      _ = try Program(
        SourceText(name: "test", text: text), commands: TestCommands.lookup(), scope: GlobalScope(),
        isPrompt: false, libraries: TestLibraries())
    } catch {
      rejected = error.diagnostics.map(\.message)
    }
    #expect(Self.analysis(text).diagnostics.map(\.message) == rejected)
  }

  @Test("Names are known in the right statements of a text with errors")
  func namesAreKnown() {
    let analysis = Self.analysis("var a = 1; lss; let = 3; $a += len([$a])")
    let names = analysis.references.map {
      "\($0.span.text) \($0.declaration?.range.lowerBound ?? -1)"
    }
    #expect(Set(names) == ["a 4", "$a 4", "len -1"])
    #expect(names.count == 4)
  }

  @Test("A function that calls itself is let go of with its analysis")
  func nothingIsKept() {
    weak var source: SourceText?
    do {
      let analysis = Self.analysis("fn f(n) { if $n > 0 { g $n } }; fn g(n) { f ($n - 1) }; f 3")
      source = analysis.script.source
      #expect(source != nil)
    }
    #expect(source == nil)
  }
}
