import SnapCompletion
import SnapLanguage

/// What is still to be typed after a command and its words: `SNAPSHOT [SLICE]` after `restore `.
enum ArgumentHint {
  static func text(after script: Script, signatures: [Signature]) -> String? {
    guard let cursor = script.cursor else { return nil }
    let word = script.source.text(cursor.range)
    func signature(_ name: String) -> Signature? {
      signatures.last { $0.name == name } ?? signatures.first { $0.aliases.contains(name) }
    }
    // What a command changes is piped in or named.
    let needsFirst = cursor.stagesBefore.isEmpty
    let labels: [String]
    switch cursor.place {
    case .command:
      guard let signature = signature(word) else { return nil }
      labels = self.labels(signature.parameters[...], signature, needsFirst: needsFirst)
    case .argument(let outer):
      let runsAnother = signature(outer.name)?.runs != nil
      let command = runsAnother ? outer.inner ?? outer : outer
      // A flag is no argument, and a text in quotes goes on until they are closed.
      guard let signature = signature(command.name), !"-'\"".contains(word.first ?? " ") else {
        return nil
      }
      let isTyping = !word.isEmpty
      switch ArgumentPosition(after: command.arguments, signature).wanted {
      case .nothing: return nil
      case .value(let flag): labels = isTyping ? [] : [flag.type?.placeholder ?? ""]
      case .parameter(let next):
        let left = signature.parameters.drop { $0.name != next.name }.dropFirst(isTyping ? 1 : 0)
        labels = self.labels(
          left, signature, needsFirst: needsFirst && command.arguments.isEmpty)
      }
    default: return nil
    }
    guard !labels.isEmpty else { return nil }
    return (word.isEmpty ? "" : " ") + labels.joined(separator: " ")
  }

  private static func labels(
    _ parameters: ArraySlice<Parameter>, _ signature: Signature, needsFirst: Bool
  ) -> [String] {
    var parameters = Array(parameters)
    if needsFirst, signature.effect == .mutating, parameters.count == signature.parameters.count,
      !parameters.isEmpty
    {
      parameters[0].isRequired = true
    }
    return parameters.map(\.label)
  }
}
