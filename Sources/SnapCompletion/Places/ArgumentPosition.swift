package import SnapLanguage

/// Which parameter or flag the next word of a command belongs to.
package struct ArgumentPosition {
  package enum Wanted {
    case parameter(Parameter)
    case value(of: Flag)
    /// All arguments are there.
    case nothing
  }

  package let wanted: Wanted
  let unusedFlags: [Flag]

  package init(after arguments: [Argument], _ signature: Signature) {
    var used: Set<String> = []
    var count = 0
    var hasSpread = false
    var open: Flag?
    var isUnknown = false
    for argument in arguments {
      let flag = open
      open = nil
      isUnknown = false
      switch argument.kind {
      case .flag(let name, let attached):
        guard let found = signature.flag(named: name) else {
          isUnknown = true
          continue
        }
        used.insert(found.name)
        if found.type != nil, attached == nil { open = found }
      case .value: if flag == nil { count += 1 }
      case .block: count += 1
      case .spread: hasSpread = true
      }
    }
    unusedFlags = signature.flags.filter { !used.contains($0.name) }
    let rest = signature.parameters.last.flatMap { $0.isRest ? $0 : nil }
    if let open {
      wanted = .value(of: open)
    } else if isUnknown {
      wanted = .nothing
    } else if !hasSpread, count < signature.parameters.count {
      wanted = .parameter(signature.parameters[count])
    } else {
      wanted = rest.map { .parameter($0) } ?? .nothing
    }
  }
}
