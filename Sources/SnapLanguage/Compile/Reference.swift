/// A name in a text and what it means there, for editors.
package struct Reference: Sendable {
  package enum Meaning: Sendable {
    case variable(String, type: ValueType?, isMutable: Bool)
    /// A function of a script.
    case function(Signature)
    case command(Signature)
    case flag(Flag, of: Signature)
    /// A function of expressions.
    case builtIn(Function)
    /// The path after `use`.
    case library
  }

  /// The name as it stands there: with the `$` of a variable, the prefix of a library's function.
  package let span: Span
  package let meaning: Meaning
  /// Nil for what no text declares; the beginning of the file for a library.
  package let declaration: Span?
}

extension Compiler {
  mutating func noteReference(
    _ span: Span, _ meaning: Reference.Meaning, declaredAt declaration: Span? = nil
  ) {
    references?.append(Reference(span: span, meaning: meaning, declaration: declaration))
  }

  mutating func noteReference(_ name: Name, to variable: Variable) {
    // The row of `where` has a place, but no text of its own.
    guard !name.span.range.isEmpty else { return }
    noteReference(
      name.span,
      .variable(name.text, type: variable.type, isMutable: variable.isMutable),
      declaredAt: variable.span)
  }

  /// The name of a function in its call, whose span may begin with brackets around it.
  mutating func noteReference(to function: Function, in call: Span) {
    let name = Array(function.name.utf8)
    let bytes = call.source.bytes[call.range]
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: name) }) else {
      return
    }
    noteReference(Span(call.source, start..<start + name.count), .builtIn(function))
  }
}
