import Foundation
import Testing

/// What the documents show is what happens. With SNAPSH_UPDATE_DOCUMENTS=1 their outputs are written
/// anew; look at the difference before you commit it.
struct DocumentTests {
  private static let isUpdating =
    ProcessInfo.processInfo.environment["SNAPSH_UPDATE_DOCUMENTS"] == "1"

  @Test("The sessions of a page go as it shows them", arguments: Document.all)
  func sessionsGoAsShown(_ file: URL) throws {
    var document = try Document(file: file)
    let session = try DocumentSession()
    var outputs: [(shown: Range<Int>, lines: [String])] = []
    for part in document.parts {
      switch part {
      case .setup(let step):
        let lines = try session.run(step.command, count: 1)
        #expect(
          lines.last?.hasPrefix("? ") != true,
          "\(file.lastPathComponent):\(step.line): \(lines.joined(separator: "\n"))")
      case .step(let step):
        let lines = try session.run(step.command, count: step.shown.count)
        outputs.append((step.shown, lines))
        let shown = Array(document.lines[step.shown])
        let isSame =
          lines.count == shown.count && zip(lines, shown).allSatisfy { Varying.isSame($0, $1) }
        #expect(
          isSame || Self.isUpdating,
          """
          \(file.lastPathComponent):\(step.line): $ \(step.command)
          shown:
          \(shown.joined(separator: "\n"))
          came:
          \(lines.joined(separator: "\n"))
          """)
      case .skipped, .script: continue
      }
    }
    if Self.isUpdating, !outputs.isEmpty { try document.write(outputs) }
  }

  @Test("The check has nothing against a script that a page shows", arguments: Document.all)
  func scriptsAreRight(_ file: URL) throws {
    let session = try DocumentSession()
    for case .script(let script, let line) in try Document(file: file).parts {
      let errors = try session.check(script)
      #expect(errors == "", "\(file.lastPathComponent):\(line)")
    }
  }

  /// Blocks that can't be run here: a person at a prompt, a cloud that breaks in the middle, a disk
  /// so large that a snapshot takes long.
  private static let skipped = ["prompt": 3, "fault": 1, "duration": 1]

  @Test("No more blocks are left out than are known to have a reason")
  func fewAreLeftOut() throws {
    var found: [String: Int] = [:]
    for file in Document.all {
      for case .skipped(let reason, _) in try Document(file: file).parts {
        found[reason, default: 0] += 1
      }
    }
    print("blocks left out: \(found.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
    #expect(found == Self.skipped)
  }
}
