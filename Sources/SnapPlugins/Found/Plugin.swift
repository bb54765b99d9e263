package import SnapLanguage

/// Something that is installed and gives commands, hooks or formats.
package struct Plugin: Sendable {
  package enum Kind: String, Sendable {
    /// A file of functions, `NAME.snap`.
    case script
    /// A file `snapsh-NAME` that can be run.
    case program
    /// A folder with a `plugin.json`, whose program speaks the protocol.
    case `protocol`
  }

  package let name: String
  package let kind: Kind
  /// Of the file or the folder.
  package let path: String
  /// Whether it lies in the plugin folder; else it was found on the PATH.
  package let isInstalled: Bool
  package let content: Content

  package enum Content: Sendable {
    case script(SourceText, [Signature])
    /// What the program says of itself in one line.
    case program(about: String)
    case manifest(Manifest)
    case unreadable(Failure)
  }

  package var manifest: Manifest? {
    if case .manifest(let manifest) = content { manifest } else { nil }
  }

  package var problem: Failure? {
    if case .unreadable(let failure) = content { failure } else { nil }
  }

  package var version: String? { manifest?.version }

  /// What the plugin may do, as its manifest asks for it.
  package var permissions: [String] { manifest?.permissions.map(\.description) ?? [] }

  /// The functions `before` and `after` of a script are hooks.
  package static let hookNames = ["before", "after"]

  /// Its commands as they are called.
  package var signatures: [Signature] {
    switch content {
    case .script(_, let functions):
      functions.filter { !Self.hookNames.contains($0.name) }.map { function in
        var signature = function
        signature.name = "\(name).\(function.name)"
        return signature
      }
    case .program(let about): [ProgramCommand.signature(name, about: about)]
    case .manifest(let manifest): manifest.commands.map { $0.signature(of: name) }
    case .unreadable: []
    }
  }

  /// The moments at which it is asked or told: `before rm`.
  package var hooks: [String] {
    switch content {
    case .script(_, let functions):
      functions.map(\.name).filter(Self.hookNames.contains)
    case .manifest(let manifest):
      manifest.hooks.flatMap { hook in hook.verbs.sorted().map { "\(hook.moment.rawValue) \($0)" } }
    case .program, .unreadable: []
    }
  }

  package var formats: [String] { manifest?.formats.map(\.name) ?? [] }

  package static func isName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first,
      (0x61...0x7A).contains(first) || (0x41...0x5A).contains(first)
    else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
      default: false
      }
    }
  }
}
