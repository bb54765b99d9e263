import Glibc
import SnapCommands
import SnapLanguage

/// `plugin new`: a small plugin that works, to begin with.
struct PluginSkeleton {
  enum Kind: String, CaseIterable { case script, program, `protocol` }
  enum Language: String, CaseIterable { case swift, python, sh }

  private let name: String
  private let kind: Kind
  private let language: Language

  /// - Throws: `Failure` when there is no such skeleton.
  init(name: String, kind: String?, language: String?) throws {
    let isName =
      name.first?.isLetter == true
      && name.utf8.allSatisfy {
        $0 == 0x2D || $0 == 0x5F || Character(UnicodeScalar($0)).isLetter
          || Character(UnicodeScalar($0)).isNumber
      }
    guard isName else {
      throw Failure(
        .usage, "'\(name)' can't be the name of a plugin",
        help: "letters, digits, '-' and '_'", exitCode: ExitCode.usage)
    }
    self.name = name
    self.kind = kind.flatMap { Kind(rawValue: $0) } ?? .script
    let usual: Language = self.kind == .program ? .sh : .python
    self.language = language.flatMap { Language(rawValue: $0) } ?? usual
    switch (self.kind, self.language) {
    case (.script, _) where language != nil:
      throw Failure(
        .usage, "a script is written in snapsh's own language", help: "leave '--lang' out",
        exitCode: ExitCode.usage)
    case (.protocol, .sh):
      throw Failure(
        .usage, "the protocol can't be spoken in sh alone",
        help: "--kind program, or --lang python or swift", exitCode: ExitCode.usage)
    case (.program, .swift):
      throw Failure(
        .usage, "there is no skeleton of a program in Swift",
        help: "--kind protocol, or --lang python or sh", exitCode: ExitCode.usage)
    default: break
    }
  }

  /// Writes the files into a folder of the plugin's name; gives what to do next.
  ///
  /// - Throws: `Failure` when something is there already, or can't be written.
  func write() throws -> [String] {
    guard access(name, F_OK) != 0 else {
      throw Failure(.conflict, "'\(name)' exists already", help: "choose another name")
    }
    for file in files {
      let path = "\(name)/\(file.path)"
      if let slash = path.lastIndex(of: "/") {
        Folders.create(Folders.absolute(String(path[..<slash])))
      }
      try LocalFile(path).replace(overwrite: false) { write in
        try write(file.text.replacing("NAME", with: name))
      }
      chmod(path, file.isProgram ? 0o755 : 0o644)
    }
    return [
      "wrote \(files.map { "\(name)/\($0.path)".replacing("NAME", with: name) }.joined(separator: ", "))",
      "try it: sh \(name)/test.sh", "install it: snapsh plugin add \(installed)",
    ]
  }

  private var installed: String {
    switch (kind, language) {
    case (.script, _): "\(name)/\(name).snap"
    case (.program, _): "\(name)/snapsh-\(name)"
    case (.protocol, _): "\(name)/\(name)"
    }
  }

  struct File {
    let path: String
    let text: String
    var isProgram = false
  }

  private var files: [File] {
    let files: [File] =
      switch (kind, language) {
      case (.script, _): SkeletonTexts.script
      case (.program, .python): SkeletonTexts.pythonProgram
      case (.program, _): SkeletonTexts.shellProgram
      case (.protocol, .swift): SkeletonTexts.swift
      case (.protocol, _): SkeletonTexts.python
      }
    return files.map {
      File(path: $0.path.replacing("NAME", with: name), text: $0.text, isProgram: $0.isProgram)
    }
  }
}
