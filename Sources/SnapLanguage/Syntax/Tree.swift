/// A script or the code in braces.
package struct Code: Sendable {
  package var statements: [Statement]
  package var span: Span
}

/// A name that declares a variable or refers to one. `id` is unique in its tree, so that the
/// checker can say in a table where the variable lives.
package struct Name: Sendable {
  package let text: String
  package let span: Span
  package let id: Int
}

package struct Statement: Sendable {
  package var kind: Kind
  package var span: Span

  package indirect enum Kind: Sendable {
    case declaration(Declaration)
    case assignment(Name, AssignmentOperator, Expression)
    case conditional([(condition: Expression, body: Code)], otherwise: Code?)
    case whileLoop(Expression, Code)
    case forLoop(ForLoop)
    case function(FunctionDeclaration)
    case attempt(Attempt)
    case use(Use)
    case returning(Expression?)
    case throwing(Expression)
    case breakLoop
    case continueLoop
    case pipeline(Pipeline)
  }
}

package enum AssignmentOperator: String, Sendable {
  case set = "=", add = "+=", subtract = "-="
}

package struct Declaration: Sendable {
  package var name: Name
  package var isMutable: Bool
  package var type: ValueType?
  package var value: Expression
}

package struct ForLoop: Sendable {
  package var jobs: Expression?
  package var keepsGoing: Bool
  package var name: Name
  package var list: Expression
  /// The end of a range `list..end`, both included.
  package var end: Expression?
  package var body: Code
}

package struct FunctionDeclaration: Sendable {
  package struct Parameter: Sendable {
    package var name: Name
    package var isFlag: Bool
    package var isRest: Bool
    package var type: ValueType?
    package var defaultValue: Expression?
    /// As written, without the dashes.
    package var label: String
  }

  package var name: String
  package var nameSpan: Span
  package var parameters: [Parameter]
  package var returns: ValueType?
  package var body: Code
  /// The comment lines right above it.
  package var about: String
}

package struct Attempt: Sendable {
  package var body: Code
  package var name: Name?
  package var handler: Code?
  package var finally: Code?
}

package struct Use: Sendable {
  package var path: String
  package var pathSpan: Span
  package var name: String?
}

package struct Pipeline: Sendable {
  package var stages: [Stage]
  package var span: Span
}

package struct Stage: Sendable {
  package var kind: Kind
  package var span: Span

  package indirect enum Kind: Sendable {
    case command(Command)
    /// `where`, with the number of the hidden variable that holds the row.
    case filter(Expression, row: Name)
    case expression(Expression)
    /// `!PROGRAM ARG...`
    case program([Argument])
  }
}

package struct Command: Sendable {
  package var name: String
  package var nameSpan: Span
  package var arguments: [Argument]
}

package struct Argument: Sendable {
  package var kind: Kind
  package var span: Span

  package indirect enum Kind: Sendable {
    /// `--name` or `-n`; the value when it was attached by `=`.
    case flag(String, attached: Expression?)
    case value(Expression)
    case block(Code, it: Name)
    case spread(Expression)
  }
}

package struct Expression: Sendable {
  package var kind: Kind
  package var span: Span

  package indirect enum Kind: Sendable {
    case literal(Value)
    /// An unquoted word of a command, with its text; a type is found for it when it is bound.
    case bareword(String)
    /// Parts that make one text: an interpolated string or a composed word.
    case text([Expression])
    case variable(Name)
    case path(Expression, [PathElement])
    case substitution(Pipeline)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    case list([(isSpread: Bool, Expression)])
    case record([(name: Expression, value: Expression)])
    case call(String, [Expression])
    /// A column of the row that `where` looks at.
    case column(String, row: Name)
  }
}

package struct PathElement: Sendable {
  package var kind: Kind
  package var span: Span
  /// A missing field or index is null.
  package var isOptional: Bool

  package indirect enum Kind: Sendable {
    case field(String)
    case position(Int)
    case index(Expression)
  }
}

package enum UnaryOperator: String, Sendable { case not, negate = "-" }

package enum BinaryOperator: String, Sendable {
  case or, and
  case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
  case greaterOrEqual = ">=", matches = "~", notMatches = "!~", isIn = "in", notIn = "not in"
  case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//"
  case remainder = "%"
}

/// A parsed text.
package struct Script: Sendable {
  package var source: SourceText
  package var code: Code
  /// The number of `Name`s: their ids are below it.
  package var nameCount: Int
  package var diagnostics: [Diagnostic]
  /// Words of statements that could not be read.
  package var unsureNames: Set<String>
  /// Whether the text ends inside something: the prompt then reads on.
  package var isIncomplete: Bool
  /// What is being typed at the end of the text, for completion.
  package var cursor: CursorContext?
  /// Kinds of parts of the text, for colours.
  package var marks: [Mark]
}

/// What a part of a text is.
package struct Mark: Sendable {
  package enum Kind: Sendable { case keyword, command, flag, variable, string, number, comment }
  package let kind: Kind
  package let range: Range<Int>
}
