import SnapLanguage

/// The help of the command line, from the table of options and the commands' declarations.
enum Usage {
  static let version = "snapsh 0.1.0"

  /// The ways to call the program, and what each is for.
  static let forms = [
    ("snapsh", "interactive shell"),
    ("snapsh FILE.snap [ARG...]", "run a script"),
    ("snapsh -c CODE [ARG...]", "run code; 'snapsh -' reads it from stdin"),
    ("snapsh check FILE...", "check scripts without running them"),
    ("snapsh fmt [--check] FILE...", "format scripts; without FILE, from stdin to stdout"),
    ("snapsh serve [--listen ADDR]", "serve the local cloud to other programs"),
    ("snapsh lsp", "serve an editor that starts it (LSP on stdin and stdout)"),
    ("snapsh completions SHELL", "print completions for bash, zsh or fish"),
    ("snapsh man [language]", "print a manual page, for man -l -"),
    ("snapsh COMMAND [ARG...]", "run one command of the shell, such as: snapsh ls web-01"),
  ]

  static func text(_ commands: [Signature]) -> String {
    let options = Option.allCases.map { option in
      let short = option.short.map { "-\($0), " } ?? "    "
      let label = short + option.flag + (option.placeholder.map { " \($0)" } ?? "")
      let gap = String(repeating: " ", count: max(2, 28 - label.count))
      return "  \(label)\(gap)\(option.about)"
        + (option.defaultValue.map { " (\($0))" } ?? "")
    }
    let calls = forms.map { call, about in
      "  \(call)\(String(repeating: " ", count: 32 - call.count))\(about)"
    }
    var lines = [""]
    for name in commands.map(\.name).filter({ $0 != "!" }).sorted() {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = name
      } else if line.count + 1 + name.count <= 68 {
        lines[lines.count - 1] = "\(line) \(name)"
      } else {
        lines.append(name)
      }
    }
    return """
      snapsh: a shell for the snapshots of cloud slices

      \(calls.joined(separator: "\n"))

      Options, before or after a subcommand:
      \(options.joined(separator: "\n"))

      An option's value is that of the flag, else of SNAPSH_NAME, else of the profile.
      Commands: \(lines.joined(separator: "\n          "))
      'snapsh help COMMAND' shows one of them.
      """
  }
}
