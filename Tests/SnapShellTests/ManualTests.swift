import Foundation
import SnapCommands
import SnapLanguage
import SnapShell
import Testing

/// The pages for man(1).
struct ManualTests {
  private static let commands = CommandList.declared(
    Console(color: .never, isQuiet: true, environment: [:])
  ).signatures

  @Test("groff sets a page without a warning", arguments: Manual.Page.allCases)
  func setsWithoutWarning(_ page: Manual.Page) throws {
    let groff = Process()
    groff.executableURL = URL(filePath: "/usr/bin/groff")
    groff.arguments = ["-man", "-ww", "-Kutf8", "-Tutf8"]
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    (groff.standardInput, groff.standardOutput, groff.standardError) = (input, output, errors)
    try groff.run()
    let text = Manual.text(page, commands: Self.commands) + "\n"
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let shown = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let warnings = errors.fileHandleForReading.readDataToEndOfFile()
    groff.waitUntilExit()
    #expect(String(decoding: warnings, as: UTF8.self) == "")
    #expect(shown.contains("SNAPSH"))
  }

  @Test("snapsh(1) tells of all options, commands and exit codes")
  func program() {
    let text = Manual.text(.program, commands: Self.commands).replacing("\\-", with: "-")
    for option in Option.allCases { #expect(text.contains(option.flag)) }
    for command in Self.commands { #expect(text.contains(command.about)) }
    for case .terms(let terms) in Topic.exitCodes.parts {
      for term in terms { #expect(text.contains("\\fB\(term.word)\\fR\n\(term.meaning)")) }
    }
  }
}
