import Foundation
import Testing

/// The scripts under docs/examples, run as a reader would run them.
struct ExampleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/examples")

  @Test("The tour does the whole job, leaves nothing, and can be taken again")
  func tour() throws {
    let sandbox = try Sandbox()
    let tour = Self.folder.appending(path: "tour.snap").path
    for _ in 1...2 {
      let result = try sandbox.snapsh(["--yes", tour])
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.hasSuffix("left: 0\n"))
      #expect(result.errors.contains("restore"))
    }
    #expect(try sandbox.snapsh(["local", "list"]).output == "")
  }

  @Test("Without a yes and without a person, the tour destroys nothing")
  func tourWithoutYes() throws {
    let sandbox = try Sandbox()
    let result = try sandbox.snapsh([Self.folder.appending(path: "tour.snap").path])
    #expect(result.code == 6)
    #expect(try sandbox.snapsh(["ls", "-o", "ids"]).output.split(separator: "\n").count == 4)
  }

  @Test("A dry run makes and removes nothing")
  func dryRun() throws {
    let sandbox = try Sandbox()
    #expect(try sandbox.snapsh(["local", "add", "tour-db-01", "--size", "1MiB"]).code == 0)
    _ = try sandbox.snapsh(["--dry-run", Self.folder.appending(path: "tour.snap").path])
    let slices = try sandbox.snapsh(["-c", "local list | get vmname"])
    #expect(slices.output.contains("tour-db-01"))
    #expect(!slices.output.contains("tour-web-01"))
  }
}
