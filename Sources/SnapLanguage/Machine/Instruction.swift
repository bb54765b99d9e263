/// One step of the machine: what to do, and with which places.
///
/// A place is a number of bytes: from a frame's first slot, or, when it is negative, from the end of
/// the chunk's constants. Jumps are counted in instructions from the chunk's beginning.
struct Instruction {
  var operation: Operation
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
}

/// What the machine can do. `a`, `b` and `c` are places unless it is said what else they are.
enum Operation: UInt8 {
  /// a = b
  case move
  /// a = b ∘ c
  case add, subtract, multiply, divide, floorDivide, remainder
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
  /// a ∘= b; `c` is the number of the variable's type, or -1
  case increase, decrease
  /// a = -b
  case negate
  /// a = not b
  case not
  /// Goes to `c`.
  case jump
  /// Goes to `c` at the end of a loop's turn, unless somebody wishes to stop. In a preview nothing
  /// changes, so that a condition may hold for ever: the loop ends there when `a` is 1.
  case loop
  /// The same for a loop with the condition a ∘ b.
  case loopWhileLess, loopWhileLessOrEqual, loopWhileGreater, loopWhileGreaterOrEqual
  /// Goes to `c` unless `a` is true; b is the number of the word that asks.
  case jumpUnless
  case jumpIf
  /// Goes to `c` unless a ∘ b.
  case jumpUnlessLess, jumpUnlessLessOrEqual, jumpUnlessGreater, jumpUnlessGreaterOrEqual
  case jumpUnlessEqual, jumpUnlessNotEqual
  /// A range: b is its next number and the place after it its last; goes to `c` when it is at its
  /// end, else a is the number.
  case rangeFirst
  /// The same at the end of a turn, where it goes to `c` when it is not at its end.
  case rangeNext
  /// Makes a list of what is at `b`, for a loop; the place after it is the next index.
  case listFirst
  /// a is the next item of the list at `b`; goes to `c` when there is none.
  case listNext
  /// a = the field of b that site `c` names
  case field
  /// a = b[c]; the place after `b` says nothing. The site of the same number tells what may be absent.
  case item, itemOrNull
  /// a = a list, record or text of the places from `b` on; c is their number, or the site's.
  case list, record, text
  /// a = the built-in function of site `c` with the places from `b` on
  case builtIn
  /// a = the script's function of site `c` with the places from `b` on
  case call
  /// a = b as one of type `c`: made so as an argument is, or found to be so
  case convert, check
  /// A range's end at `a` is an int; b is 0 for its first and 1 for its last.
  case checkBound
  /// a = the script's variable `b`, which is a number
  case loadGlobal
  /// The script's variable `a`, which is a number, = b
  case storeGlobal
  /// The script's variable `a` ∘= b; `c` as for `increase`
  case increaseGlobal, decreaseGlobal
  /// a = what the closure `b` gives
  case evaluate
  /// Runs closure `b`. When a loop is to be left it goes to the place that the pair `c` names, or
  /// leaves the chunk when that is -1.
  case perform
  /// Leaves the function with `a`.
  case giveBack
  case leaveLoop, nextTurn
  case end
}

extension BinaryOperator {
  /// The instruction for the operator; nil for those that are no arithmetic and no comparison.
  var instruction: Operation? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .remainder: .remainder
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .or, .and, .matches, .notMatches, .isIn, .notIn: nil
    }
  }

  /// The instruction that goes elsewhere unless the comparison holds.
  var jumpInstruction: Operation? {
    switch self {
    case .less: .jumpUnlessLess
    case .lessOrEqual: .jumpUnlessLessOrEqual
    case .greater: .jumpUnlessGreater
    case .greaterOrEqual: .jumpUnlessGreaterOrEqual
    case .equal: .jumpUnlessEqual
    case .notEqual: .jumpUnlessNotEqual
    default: nil
    }
  }

  /// The instruction that goes back to a loop's beginning while the comparison holds.
  var loopInstruction: Operation? {
    switch self {
    case .less: .loopWhileLess
    case .lessOrEqual: .loopWhileLessOrEqual
    case .greater: .loopWhileGreater
    case .greaterOrEqual: .loopWhileGreaterOrEqual
    default: nil
    }
  }
}
