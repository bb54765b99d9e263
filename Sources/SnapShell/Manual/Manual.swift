import SnapCommands
package import SnapLanguage

/// The manual pages, from the declarations that help is made from.
package enum Manual {
  package enum Page: Sendable, CaseIterable {
    /// snapsh(1)
    case program
    /// snapsh-language(7)
    case language

    /// The page that `snapsh man WORD...` asks for.
    init?(words: [String]) {
      switch words {
      case [], ["snapsh"]: self = .program
      case ["language"], ["snapsh-language"]: self = .language
      default: return nil
      }
    }
  }

  /// Without the last line feed.
  package static func text(_ page: Page, commands: [Signature]) -> String {
    let text =
      switch page {
      case .program: program(commands)
      case .language: language(commands)
      }
    return String(text.dropLast())
  }

  private static func program(_ commands: [Signature]) -> String {
    var page = Roff(
      title: "SNAPSH", section: 1, source: Usage.version, volume: "User Commands")
    page.section("Name")
    page.paragraph("snapsh - a shell for the snapshots of cloud slices")
    page.section("Synopsis")
    page.code(Usage.forms.map(\.0).joined(separator: "\n"))
    page.section("Description")
    page.paragraph(
      """
      A shell and a small language to list, create, restore, rename and delete the snapshots of
      slices, which are virtual machines of a cloud. Without a configuration it works on a local
      cloud inside the program. The language is described in snapsh-language(7).
      """)
    for form in Usage.forms { page.term(form.0, form.1) }
    page.section("Options")
    page.paragraph(
      """
      They stand before or after a command. A value is that of the flag, else of the variable, else
      of the profile, else the default.
      """)
    for option in Option.allCases { page.term(label(option), description(option)) }
    page.section("Commands")
    for command in listed(commands) { page.term(command.usage, command.about) }
    page.section("Exit status")
    page.add(Topic.exitCodes)
    page.section("Environment")
    page.term("SNAPSH_TOKEN", "the token; before those of the profile")
    page.term("SNAPSH_CONFIG", "the configuration file, in place of the usual one")
    for (name, meaning) in environment { page.term(name, meaning) }
    page.section("Files")
    for (path, meaning) in files { page.term(path, meaning) }
    page.section("Safety")
    page.add(Topic.safety)
    page.section("See also")
    page.paragraph("snapsh-language(7)")
    return page.text
  }

  private static func language(_ commands: [Signature]) -> String {
    var page = Roff(
      title: "SNAPSH-LANGUAGE", section: 7, source: Usage.version, volume: "Miscellaneous")
    page.section("Name")
    page.paragraph("snapsh-language - the language of snapsh")
    page.section("Description")
    page.add(Topic.language)
    page.section("Functions of expressions")
    page.add(Topic.functions)
    page.section("Commands for rows")
    for command in listed(commands) where command.group == .rows {
      page.term(command.usage, command.about)
      for example in command.examples { page.code("# \(example.about)\n\(example.code)") }
    }
    page.section("See also")
    page.paragraph("snapsh(1)")
    return page.text
  }

  private static let environment = [
    ("NO_COLOR", "when not empty, no colours"),
    ("TERM", "of 'dumb', lines are read as the terminal gives them"),
    ("PAGER", "after SNAPSH_PAGER; shows what is longer than the screen"),
    ("VISUAL, EDITOR", "edits the line of the prompt at Ctrl-X Ctrl-E"),
    ("EDITRC", "the file of keys, in place of ~/.editrc"),
    (
      "XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME, XDG_DATA_HOME",
      "the folders below, in place of ~/.config, ~/.local/state, ~/.cache and ~/.local/share"
    ),
  ]

  private static let files = [
    (
      "~/.config/snapsh/config.toml", "the profiles; for its owner alone where a token stands in it"
    ),
    ("~/.config/snapsh/rc.snap", "what the shell runs at its start"),
    ("~/.editrc", "keys, as editrc(5) says; lines for this program begin with 'snapsh:'"),
    ("~/.local/state/snapsh/history", "the lines of the prompt"),
    ("~/.local/state/snapsh/journal.sqlite", "what runs have changed, for resume, undo and jobs"),
    ("~/.cache/snapsh/*.list", "for each cloud, what Tab completes with; may be deleted"),
    ("~/.local/share/snapsh/cloud", "the local cloud"),
  ]

  private static func listed(_ commands: [Signature]) -> [Signature] {
    commands.sorted { $0.name < $1.name }
  }

  private static func label(_ option: Option) -> String {
    (option.short.map { "-\($0), " } ?? "") + option.flag
      + (option.placeholder.map { " \($0)" } ?? "")
  }

  private static func description(_ option: Option) -> String {
    let origin = [option.variable] + (option.profileKey.map { ["\($0) in a profile"] } ?? [])
    return option.about + " (" + origin.joined(separator: ", ")
      + (option.defaultValue.map { "; default \($0)" } ?? "") + ")"
  }
}

extension Roff {
  fileprivate mutating func add(_ topic: Topic) {
    for part in topic.parts {
      switch part {
      case .section(let title): subsection(title)
      case .text(let text): paragraphs(text)
      case .code(let code): self.code(code)
      case .terms(let terms): for term in terms { self.term(term.word, term.meaning) }
      }
    }
  }
}
