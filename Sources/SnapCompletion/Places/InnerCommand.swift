package import SnapLanguage

extension Command {
  /// The command that stands among the arguments of one that runs another, such as `explain`; nil before
  /// its name is there.
  package var inner: Command? {
    let first = arguments.firstIndex { argument in
      if case .value = argument.kind { true } else { false }
    }
    guard let first else { return nil }
    var inner = self
    inner.nameSpan = arguments[first].span
    inner.name = inner.nameSpan.text
    inner.arguments = Array(arguments[(first + 1)...])
    return inner
  }
}
