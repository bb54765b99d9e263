import Foundation
import SnapLanguage
import Testing

/// What holds for every text that is formatted.
struct FormatPropertyTests {
  @Test func `random scripts keep their meaning and comments, and are formatted once for all`() {
    let seed = UInt64(FuzzTests.setting("SNAPSH_FUZZ_SEED") ?? 1)
    for number in 0..<UInt64((FuzzTests.setting("SNAPSH_FUZZ") ?? 800) / 4) {
      let text = RandomScript.text(seed: seed &* 1_000_003 &+ number)
      let fault = Formatted.fault(text)
      #expect(fault == nil, "\(fault ?? ""), of:\n\(text)")
      if fault != nil { return }
    }
  }

  @Test func `the samples of the documents and tests keep their meaning and comments`() throws {
    let samples = try Samples.all
    #expect(samples.count > 100)
    let parsed = samples.filter {
      Parser.parse(SourceText(name: "test.snap", text: $0)).diagnostics.isEmpty
    }
    #expect(parsed.count > samples.count / 2)
    for text in parsed {
      let fault = Formatted.fault(text)
      #expect(fault == nil, "\(fault ?? ""), of:\n\(text)")
    }
  }

  @Test func `the scripts under docs are formatted`() throws {
    let files = try Samples.scripts
    #expect(!files.isEmpty)
    for text in files {
      #expect(try ScriptFormatter.format(SourceText(name: "test.snap", text: text)) == text)
    }
  }
}

/// Code in the documents and tests of this repository.
private enum Samples {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func texts(under folder: String, _ suffix: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
      .filter { $0.hasSuffix(suffix) }.sorted()
      .map { try String(contentsOf: root.appending(path: "\(folder)/\($0)"), encoding: .utf8) }
  }

  static var scripts: [String] { get throws { try texts(under: "docs", ".snap") } }

  /// Scripts, fenced code, what `-c` gets, and what a here-document puts into a script.
  static var all: [String] {
    get throws {
      let documents = try texts(under: "docs", ".md") + texts(under: "Tests", ".snapt")
      let sources = try texts(under: "Tests", ".swift")
      var samples = try scripts + WrongText.samples
      for document in documents {
        samples += document.matches(of: /(?s)```snap\n(.*?)```/).map { String($0.1) }
        samples += document.matches(of: /(?s)<<'END'\n(.*?)\nEND\n/).map { String($0.1) }
        samples += document.matches(of: /snapsh [^\n]*?-c '([^']*)'/).map { String($0.1) }
      }
      for source in sources {
        samples += source.matches(of: /(?s)\"\"\"\n(.*?)\n *\"\"\"/).map { String($0.1) }
      }
      return samples
    }
  }
}
