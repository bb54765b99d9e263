/// What an expression does, as far as the machine knows it.
///
/// The compiler makes nodes of what it has checked, and the `Assembler` makes instructions of them.
indirect enum Node {
  case constant(Value)
  case variable(Place)
  case arithmetic(BinaryOperator, Node, Node, Span)
  case negation(Node, Span)
  case comparison(BinaryOperator, Node, Node, Span)
  case not(Node, Span)
  /// Both are bools; the second is looked at only when the first doesn't decide.
  case and(Node, Span, Node, Span)
  case or(Node, Span, Node, Span)
  case path(Node, [PathStep])
  case list([Node])
  case record(Shape, [Node])
  /// Parts that make one text, each with its place.
  case text([(Node, Span)])
  case builtIn(Function, [Node], Span)
  case call(UserFunction, [Node], Span)
  /// A value as one of a type: made so for a parameter, or checked.
  case converted(Node, ValueType, Span)
  case checked(Node, ValueType, Span)
  /// All else.
  case closure(Evaluate)

  /// Whether a variable may change while the node is evaluated.
  var mayRunStatements: Bool {
    switch self {
    case .constant, .variable: false
    case .arithmetic(_, let a, let b, _), .comparison(_, let a, let b, _), .and(let a, _, let b, _),
      .or(let a, _, let b, _):
      a.mayRunStatements || b.mayRunStatements
    case .negation(let a, _), .not(let a, _), .converted(let a, _, _), .checked(let a, _, _):
      a.mayRunStatements
    case .path(let root, let steps):
      root.mayRunStatements || steps.contains(where: \.mayRunStatements)
    case .list(let items), .record(_, let items), .builtIn(_, let items, _):
      items.contains(where: \.mayRunStatements)
    case .text(let parts): parts.contains { $0.0.mayRunStatements }
    case .call, .closure: true
    }
  }
}

/// One step into a value.
enum PathStep {
  case field(FieldSite)
  case item(Node, isOptional: Bool, Span)

  fileprivate var mayRunStatements: Bool {
    if case .item(let index, _, _) = self { index.mayRunStatements } else { false }
  }
}

/// Where a variable lives.
enum Place {
  case local(Int, isMutable: Bool)
  /// A variable of the script, seen from a function.
  case global(Int)
}

/// What a statement does, as far as the machine knows it.
indirect enum Action {
  case sequence([Action])
  case set(Place, Node)
  /// `+=` or `-=`; the type is what the variable is declared to be.
  case change(Place, BinaryOperator, Node, ValueType?, Span)
  case conditional([(condition: Node, span: Span, body: Action)], otherwise: Action?)
  case whileLoop(Node, Span, Action)
  /// A loop over a range, both ends included; the variable is a slot.
  case range(Int, first: Node, Span, last: Node, Span, Action)
  case items(Int, Node, Span, Action)
  case breakLoop, continueLoop
  /// What a function gives.
  case giveBack(Node)
  /// All else.
  case closure(Execute)

  static var nothing: Action { .sequence([]) }
}
