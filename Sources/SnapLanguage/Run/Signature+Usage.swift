extension Signature {
  /// The form of a call: `restore SNAPSHOT [SLICE] [--guard]`.
  package var usage: String {
    let given = parameters.map(\.label)
    let options = flags.map { flag in
      let form = flag.type.map { "--\(flag.name) \($0.placeholder)" } ?? "--\(flag.name)"
      return flag.isRequired ? form : "[\(form)]"
    }
    // A flag behind the command that it runs would be that command's.
    let words = runs == nil ? given + options : options + given
    return ([name] + words).joined(separator: " ")
  }
}

extension Parameter {
  /// The parameter in a form of a call: `SNAPSHOT`, `[SLICE]`, `[NAME...]`.
  package var label: String {
    let label = name.uppercased() + (isRest ? "..." : "")
    return isRequired ? label : "[\(label)]"
  }
}

extension ValueType {
  /// The type in a form of a call: `N`, `TEXT`, `ro|rw`.
  package var placeholder: String {
    switch self {
    case .int, .float: "N"
    case .duration: "DURATION"
    case .size: "SIZE"
    case .datetime: "DATE"
    case .path: "FILE"
    case .oneOf(let words): words.joined(separator: "|")
    case .snapshot: "SNAPSHOT"
    case .slice: "SLICE"
    case .column: "COLUMN"
    default: "TEXT"
    }
  }
}
