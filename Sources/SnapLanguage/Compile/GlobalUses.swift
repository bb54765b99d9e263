/// What functions do with the script's own variables, and where they are called: what one statement
/// alone doesn't show.
struct GlobalUses {
  struct Call {
    let function: UserFunction
    let span: Span
    let isParallel: Bool
    let isTopLevel: Bool
  }

  var calls: [Call] = []
}

extension Compiler {
  mutating func noteGlobal(_ name: String, _ variable: Variable, isChanged: Bool) {
    guard let function = function?.function else { return }
    function.globals[name] = variable.span
    if isChanged { function.changedGlobals.insert(name) }
  }

  mutating func noteCall(of callee: UserFunction, _ span: Span) {
    function?.function.callees.append(callee)
    globalUses.calls.append(
      GlobalUses.Call(
        function: callee, span: span, isParallel: parallelDepth > 0,
        isTopLevel: function == nil))
  }

  /// Reports functions that change variables from a parallel loop, or that are called before the
  /// variables are set which they use.
  mutating func checkGlobalUses() {
    for call in globalUses.calls where call.isParallel || call.isTopLevel {
      for function in call.function.reachable {
        if call.isParallel, let name = function.changedGlobals.min() {
          report(
            "'\(call.function.signature.name)' changes '$\(name)', which lies outside a parallel loop",
            at: call.span, help: "a body gets a copy; use the loop without --jobs")
        }
        let unset = function.globals.filter {
          call.isTopLevel && $0.value.source === call.span.source
            && $0.value.range.lowerBound > call.span.range.lowerBound
        }
        if let name = unset.keys.min() {
          report(
            "'\(call.function.signature.name)' uses '$\(name)', which is set further down",
            at: call.span, help: "move the call below it")
        }
      }
    }
  }
}

extension UserFunction {
  /// The function and all that it may call.
  fileprivate var reachable: [UserFunction] {
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
    var found = [self]
    var index = 0
    while index < found.count {
      for callee in found[index].callees where seen.insert(ObjectIdentifier(callee)).inserted {
        found.append(callee)
      }
      index += 1
    }
    return found
  }
}
