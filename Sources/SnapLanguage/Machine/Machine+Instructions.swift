import Synchronization

extension Chunk {
  static func run(_ position: inout Position, entry: Frame) throws -> Signal {
    let (interruption, isPreviewing) = (entry.interruption, entry.isPreviewing)
    let entryPoint = position.frame.toOpaque()
    var (chunk, frame, at) = (position.chunk, position.frame, position.at)
    do {
      // Once for each function that is entered or left, so that what the instructions need stays in
      // registers.
      activation: while true {
        let slots = frame._withUnsafeGuaranteedRef { UnsafeMutableRawPointer($0.slots) }
        let constants = chunk._withUnsafeGuaranteedRef { UnsafeMutableRawPointer($0.constantsEnd) }
        let code = chunk._withUnsafeGuaranteedRef { $0.instructions }

        @inline(__always) func slot(_ place: Int32) -> Slot {
          (slots + Int(place)).assumingMemoryBound(to: Value.self)
        }
        @inline(__always) func any(_ place: Int32) -> Slot {
          ((place < 0 ? constants : slots) + Int(place)).assumingMemoryBound(to: Value.self)
        }

        while true {
          let i = code[at]
          switch i.operation {
          case .move: slot(i.a).copy(any(i.b))
          case .add:
            let (x, y) = (any(i.b), any(i.c))
            if x.tag == ValueTag.int, y.tag == ValueTag.int {
              let (sum, overflow) = x.int.addingReportingOverflow(y.int)
              if overflow { throw ArithmeticError.tooLarge }
              slot(i.a).put(sum)
            } else if x.tag == ValueTag.float, y.tag == ValueTag.float {
              slot(i.a).put(try finite(x.float + y.float))
            } else {
              try arithmetic(.add, x, y, slot(i.a))
            }
          case .subtract:
            let (x, y) = (any(i.b), any(i.c))
            if x.tag == ValueTag.int, y.tag == ValueTag.int {
              let (difference, overflow) = x.int.subtractingReportingOverflow(y.int)
              if overflow { throw ArithmeticError.tooLarge }
              slot(i.a).put(difference)
            } else if x.tag == ValueTag.float, y.tag == ValueTag.float {
              slot(i.a).put(try finite(x.float - y.float))
            } else {
              try arithmetic(.subtract, x, y, slot(i.a))
            }
          case .multiply:
            let (x, y) = (any(i.b), any(i.c))
            if x.tag == ValueTag.int, y.tag == ValueTag.int {
              let (product, overflow) = x.int.multipliedReportingOverflow(by: y.int)
              if overflow { throw ArithmeticError.tooLarge }
              slot(i.a).put(product)
            } else if x.tag == ValueTag.float, y.tag == ValueTag.float {
              slot(i.a).put(try finite(x.float * y.float))
            } else {
              try arithmetic(.multiply, x, y, slot(i.a))
            }
          case .divide: try arithmetic(.divide, any(i.b), any(i.c), slot(i.a))
          case .floorDivide:
            let (x, y) = (any(i.b), any(i.c))
            if x.tag == ValueTag.int, y.tag == ValueTag.int, y.int > 0 {
              let (quotient, remainder) = x.int.quotientAndRemainder(dividingBy: y.int)
              slot(i.a).put(remainder < 0 ? quotient - 1 : quotient)
            } else {
              try arithmetic(.floorDivide, x, y, slot(i.a))
            }
          case .remainder:
            let (x, y) = (any(i.b), any(i.c))
            if x.tag == ValueTag.int, y.tag == ValueTag.int, y.int > 0 {
              let remainder = remainder(x.int, y.int)
              slot(i.a).put(remainder < 0 ? remainder + y.int : remainder)
            } else {
              try arithmetic(.remainder, x, y, slot(i.a))
            }
          case .increase:
            let (x, y) = (slot(i.a), any(i.b))
            if x.tag == ValueTag.int, y.tag == ValueTag.int {
              let (sum, overflow) = x.int.addingReportingOverflow(y.int)
              if overflow { throw ArithmeticError.tooLarge }
              x.put(sum)
            } else {
              try chunk._withUnsafeGuaranteedRef { try $0.increase(x, by: y, i.c) }
            }
          case .decrease:
            let (x, y) = (slot(i.a), any(i.b))
            if x.tag == ValueTag.int, y.tag == ValueTag.int {
              let (difference, overflow) = x.int.subtractingReportingOverflow(y.int)
              if overflow { throw ArithmeticError.tooLarge }
              x.put(difference)
            } else {
              try chunk._withUnsafeGuaranteedRef { try $0.decrease(x, by: y, i.c) }
            }
          case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
            slot(i.a).put(try compare(i.operation, any(i.b), any(i.c)))
          case .jumpUnlessLess:
            let (x, y) = (any(i.a), any(i.b))
            let holds =
              x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int < y.int
              : x.tag == ValueTag.float && y.tag == ValueTag.float
                ? x.float < y.float : try compare(.less, x, y)
            if !holds {
              at = Int(i.c)
              continue
            }
          case .jumpUnlessLessOrEqual:
            let (x, y) = (any(i.a), any(i.b))
            let holds =
              x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int <= y.int
              : x.tag == ValueTag.float && y.tag == ValueTag.float
                ? x.float <= y.float : try compare(.lessOrEqual, x, y)
            if !holds {
              at = Int(i.c)
              continue
            }
          case .jumpUnlessGreater:
            let (x, y) = (any(i.a), any(i.b))
            let holds =
              x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int > y.int
              : x.tag == ValueTag.float && y.tag == ValueTag.float
                ? x.float > y.float : try compare(.greater, x, y)
            if !holds {
              at = Int(i.c)
              continue
            }
          case .jumpUnlessGreaterOrEqual:
            let (x, y) = (any(i.a), any(i.b))
            let holds =
              x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int >= y.int
              : x.tag == ValueTag.float && y.tag == ValueTag.float
                ? x.float >= y.float : try compare(.greaterOrEqual, x, y)
            if !holds {
              at = Int(i.c)
              continue
            }
          case .jumpUnlessEqual:
            let (x, y) = (any(i.a), any(i.b))
            let holds =
              x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int == y.int
              : x.tag == ValueTag.float && y.tag == ValueTag.float
                ? x.float == y.float : try compare(.equal, x, y)
            if !holds {
              at = Int(i.c)
              continue
            }
          case .jumpUnlessNotEqual:
            let (x, y) = (any(i.a), any(i.b))
            let holds =
              x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int != y.int
              : x.tag == ValueTag.float && y.tag == ValueTag.float
                ? x.float != y.float : try compare(.notEqual, x, y)
            if !holds {
              at = Int(i.c)
              continue
            }
          case .loopWhileLess:
            if interruption.pointee.load(ordering: .relaxed) { throw Cancelled() }
            let (x, y) = (any(i.a), any(i.b))
            if x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int < y.int : try compare(.less, x, y),
              !isPreviewing
            {
              at = Int(i.c)
              continue
            }
          case .loopWhileLessOrEqual:
            if interruption.pointee.load(ordering: .relaxed) { throw Cancelled() }
            let (x, y) = (any(i.a), any(i.b))
            if x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int <= y.int : try compare(.lessOrEqual, x, y),
              !isPreviewing
            {
              at = Int(i.c)
              continue
            }
          case .loopWhileGreater:
            if interruption.pointee.load(ordering: .relaxed) { throw Cancelled() }
            let (x, y) = (any(i.a), any(i.b))
            if x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int > y.int : try compare(.greater, x, y),
              !isPreviewing
            {
              at = Int(i.c)
              continue
            }
          case .loopWhileGreaterOrEqual:
            if interruption.pointee.load(ordering: .relaxed) { throw Cancelled() }
            let (x, y) = (any(i.a), any(i.b))
            if x.tag == ValueTag.int && y.tag == ValueTag.int
              ? x.int >= y.int : try compare(.greaterOrEqual, x, y),
              !isPreviewing
            {
              at = Int(i.c)
              continue
            }
          case .jump:
            at = Int(i.c)
            continue
          case .loop:
            if interruption.pointee.load(ordering: .relaxed) { throw Cancelled() }
            if i.a == 0 || !isPreviewing {
              at = Int(i.c)
              continue
            }
          case .jumpUnless:
            let x = any(i.a)
            if x.tag != ValueTag.bool { throw noBool(x, i.b) }
            if !x.bool {
              at = Int(i.c)
              continue
            }
          case .jumpIf:
            let x = any(i.a)
            if x.tag != ValueTag.bool { throw noBool(x, i.b) }
            if x.bool {
              at = Int(i.c)
              continue
            }
          case .negate: try negate(any(i.b), slot(i.a))
          case .not:
            let x = any(i.b)
            if x.tag != ValueTag.bool { throw noBool(x, ConditionWord.not.rawValue) }
            slot(i.a).put(!x.bool)
          case .rangeFirst:
            let next = slot(i.b)
            if next.int > (next + 1).int {
              at = Int(i.c)
              continue
            }
            slot(i.a).put(next.int)
          case .rangeNext:
            if interruption.pointee.load(ordering: .relaxed) { throw Cancelled() }
            let next = slot(i.b)
            let number = next.int
            if number < (next + 1).int {
              next.put(number &+ 1)
              slot(i.a).put(number &+ 1)
              at = Int(i.c)
              continue
            }
          case .listFirst: try beginItems(slot(i.b))
          case .listNext:
            let list = slot(i.b)
            let index = (list + 1).int
            if index >= list.list.pointee.count {
              list.clear()
              at = Int(i.c)
              continue
            }
            item(index, of: list, into: slot(i.a))
            (list + 1).put(index &+ 1)
          case .field:
            let site = chunk._withUnsafeGuaranteedRef { $0.fields[Int(i.c)] }
            try site._withUnsafeGuaranteedRef { try field($0, of: any(i.b), into: slot(i.a)) }
          case .item, .itemOrNull:
            let (owner, index) = (any(i.b), any(i.c))
            if owner.tag == ValueTag.list, index.tag == ValueTag.int,
              index.int >= 0, index.int < owner.list.pointee.count
            {
              item(index.int, of: owner, into: slot(i.a))
            } else {
              try rareItem(owner, index, slot(i.a), isOptional: i.operation == .itemOrNull)
            }
          case .list: list(slot(i.b), Int(i.c), into: slot(i.a))
          case .record:
            chunk._withUnsafeGuaranteedRef {
              record($0.shapes[Int(i.c)], slot(i.b), into: slot(i.a))
            }
          case .text:
            try chunk._withUnsafeGuaranteedRef {
              try $0.text(at, slot(i.b), Int(i.c), into: slot(i.a))
            }
            at += Int(i.c)
          case .builtIn:
            try chunk._withUnsafeGuaranteedRef { chunk in
              try frame._withUnsafeGuaranteedRef {
                try chunk.callBuiltIn(i, slot(i.b), slot(i.a), $0)
              }
            }
          case .call:
            if interruption.pointee.load(ordering: .relaxed) { throw Cancelled() }
            let site = chunk._withUnsafeGuaranteedRef { $0.calls + Int(i.c) }
            let from = Position(chunk: chunk, frame: frame, at: at)
            let function = Unmanaged.passUnretained(site.pointee.function)
            let callee = try frame._withUnsafeGuaranteedRef { caller in
              try function._withUnsafeGuaranteedRef { try caller.enter(from, count: $0.slotCount) }
            }
            let arguments = slot(i.b)
            let parameters = callee._withUnsafeGuaranteedRef { $0.slots } + 1
            for index in 0..<site.pointee.count { (parameters + index).take(arguments + index) }
            (chunk, frame, at) = (function._withUnsafeGuaranteedRef { $0.code }, callee, 0)
            continue activation
          case .convert:
            let type = chunk._withUnsafeGuaranteedRef { $0.types[Int(i.c)] }
            slot(i.a).pointee = try Conversion.value(any(i.b).pointee, as: type)
          case .check:
            let value = any(i.b)
            let type = chunk._withUnsafeGuaranteedRef { $0.types[Int(i.c)] }
            try Conversion.check(value.pointee, type)
            if type == .float, value.tag == ValueTag.int {
              slot(i.a).put(Double(value.int))
            } else {
              slot(i.a).copy(value)
            }
          case .checkBound:
            if slot(i.a).tag != ValueTag.int {
              throw Failure(
                .usage, i.b == 0 ? "a range begins with an int" : "a range ends with an int")
            }
          case .loadGlobal: slot(i.a).copy(global(frame, i.b))
          case .storeGlobal: global(frame, i.a).copy(any(i.b))
          case .increaseGlobal:
            let variable = global(frame, i.a)
            try chunk._withUnsafeGuaranteedRef { try $0.increase(variable, by: any(i.b), i.c) }
          case .decreaseGlobal:
            let variable = global(frame, i.a)
            try chunk._withUnsafeGuaranteedRef { try $0.decrease(variable, by: any(i.b), i.c) }
          case .evaluate:
            let evaluate = chunk._withUnsafeGuaranteedRef { $0.evaluates[Int(i.b)] }
            slot(i.a).pointee = try frame._withUnsafeGuaranteedRef(evaluate)
          case .perform:
            let execute = chunk._withUnsafeGuaranteedRef { $0.performs[Int(i.b)] }
            switch try frame._withUnsafeGuaranteedRef(execute) {
            case .next: break
            case .breakLoop:
              guard i.c >= 0 else { return .breakLoop }
              at = chunk._withUnsafeGuaranteedRef { Int($0.exits[Int(i.c)].breakTarget) }
              continue
            case .continueLoop:
              guard i.c >= 0 else { return .continueLoop }
              at = chunk._withUnsafeGuaranteedRef { Int($0.exits[Int(i.c)].continueTarget) }
              continue
            case .returned:
              if frame.toOpaque() == entryPoint { return .returned }
              let caller = leave(frame)
              (chunk, frame, at) = (caller.chunk, caller.frame, caller.at)
              continue activation
            case .gaveFlow:
              if frame.toOpaque() == entryPoint { return .gaveFlow }
              let caller = try leaveWithFlow(frame)
              (chunk, frame, at) = (caller.chunk, caller.frame, caller.at)
              continue activation
            }
          case .giveBack:
            slot(0).copy(any(i.a))
            if frame.toOpaque() == entryPoint { return .returned }
            let caller = leave(frame)
            (chunk, frame, at) = (caller.chunk, caller.frame, caller.at)
            continue activation
          case .leaveLoop: return .breakLoop
          case .nextTurn: return .continueLoop
          case .end:
            if frame.toOpaque() == entryPoint { return .next }
            let caller = try leaveWithoutValue(frame)
            (chunk, frame, at) = (caller.chunk, caller.frame, caller.at)
            continue activation
          }
          at &+= 1
        }
      }
    } catch {
      position = Position(chunk: chunk, frame: frame, at: at)
      throw error
    }
  }
}
