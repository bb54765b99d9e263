/// What the machine does out of its loop: the rarer kinds, and what takes longer than a call.
extension Chunk {
  @inline(__always) static func finite(_ value: Double) throws(ArithmeticError) -> Double {
    guard value.isFinite else { throw .tooLargeForFloat }
    return value
  }

  /// The remainder of numbers of which the second is positive; a division of 32 bits is much faster.
  @inline(__always) static func remainder(_ a: Int, _ b: Int) -> Int {
    if UInt(bitPattern: a) | UInt(bitPattern: b) <= UInt(UInt32.max) {
      return Int(UInt32(truncatingIfNeeded: a) % UInt32(truncatingIfNeeded: b))
    }
    return a % b
  }

  @inline(never) static func arithmetic(
    _ operation: BinaryOperator, _ x: Slot, _ y: Slot, _ target: Slot
  ) throws {
    if operation == .divide, let a = number(x), let b = number(y) {
      guard b != 0 else { throw ArithmeticError.divisionByZero }
      target.put(try finite(a / b))
      return
    }
    target.pointee = try Arithmetic.apply(operation, x.pointee, y.pointee)
  }

  @inline(__always) private static func number(_ slot: Slot) -> Double? {
    switch slot.tag {
    case ValueTag.int: Double(slot.int)
    case ValueTag.float: slot.float
    default: nil
    }
  }

  @inline(never) static func compare(_ operation: Operation, _ x: Slot, _ y: Slot) throws -> Bool {
    if let a = number(x), let b = number(y), x.tag == ValueTag.float, y.tag == ValueTag.float {
      switch operation {
      case .less: return a < b
      case .lessOrEqual: return a <= b
      case .greater: return a > b
      case .greaterOrEqual: return a >= b
      case .equal: return a == b
      default: return a != b
      }
    }
    if x.tag == ValueTag.string, y.tag == ValueTag.string {
      switch operation {
      case .equal: return x.string.pointee == y.string.pointee
      case .notEqual: return x.string.pointee != y.string.pointee
      default: break
      }
    }
    let comparison: BinaryOperator =
      switch operation {
      case .less: .less
      case .lessOrEqual: .lessOrEqual
      case .greater: .greater
      case .greaterOrEqual: .greaterOrEqual
      case .equal: .equal
      default: .notEqual
      }
    return try Predicates.apply(comparison, x.pointee, y.pointee)
  }

  @inline(never) static func negate(_ x: Slot, _ target: Slot) throws {
    target.pointee = try Arithmetic.negate(x.pointee)
  }

  @inline(never) static func noBool(_ x: Slot, _ word: Int32) -> Failure {
    Failure(
      .usage,
      "'\(ConditionWord(rawValue: word)?.text ?? "if")' needs a bool, not \(x.pointee.kindName)",
      help: "compare it, such as: … == …")
  }

  /// `+=` where it isn't ints that are added; a list or a text grows where it lies.
  @inline(never) func increase(_ x: Slot, by y: Slot, _ type: Int32) throws {
    let type = type < 0 ? nil : types[Int(type)]
    switch (x.tag, y.tag) {
    case (ValueTag.list, ValueTag.list):
      if let type { try Conversion.check(y.pointee, type) }
      // `$x += $x`
      let added = y.list.pointee
      x.list.pointee += added
    case (ValueTag.list, _):
      if let type { try Conversion.check(.list([y.pointee]), type) }
      x.list.pointee.append(y.pointee)
    case (ValueTag.string, ValueTag.string) where type == nil || type == .string:
      let added = y.string.pointee
      x.string.pointee += added
    default: try change(x, .add, y, type)
    }
  }

  @inline(never) func decrease(_ x: Slot, by y: Slot, _ type: Int32) throws {
    try change(x, .subtract, y, type < 0 ? nil : types[Int(type)])
  }

  private func change(_ x: Slot, _ operation: BinaryOperator, _ y: Slot, _ type: ValueType?) throws
  {
    let result = try Arithmetic.apply(operation, x.pointee, y.pointee)
    if let type { try Conversion.check(result, type) }
    x.pointee = result
  }

  /// Makes a list of what a loop goes over, with the index of its first item after it.
  @inline(never) static func beginItems(_ slot: Slot) throws {
    switch slot.pointee {
    case .list: break
    case .record(let record): slot.pointee = .list([.record(record)])
    case let other: throw noList(other)
    }
    (slot + 1).put(0)
  }

  static func noList(_ value: Value) -> Failure {
    Failure(
      .usage, "'for' goes over a list, not \(value.kindName)",
      help: value.isNull ? "give it a value: default($x, [])" : nil)
  }

  /// The item of a list at an index that it has.
  @inline(__always) static func item(_ index: Int, of owner: Slot, into target: Slot) {
    owner.list.pointee.withUnsafeBufferPointer { items in
      // Only read.
      if let first = items.baseAddress { target.copy(Slot(mutating: first + index)) }
    }
  }

  /// An item by a negative index, a field by its name, or what can't be had.
  @inline(never) static func rareItem(
    _ owner: Slot, _ index: Slot, _ target: Slot, isOptional: Bool
  ) throws {
    if isOptional, owner.tag == ValueTag.null {
      target.pointee = .null
      return
    }
    switch index.pointee {
    case .int(let position):
      target.pointee = try Paths.item(position, of: owner.pointee, isOptional: isOptional)
    case .string(let name):
      target.pointee = try Paths.field(name, of: owner.pointee, isOptional: isOptional)
    case let other:
      throw Failure(.usage, "an index is an int or a string, not \(other.kindName)")
    }
  }

  @inline(__always) static func field(_ site: FieldSite, of owner: Slot, into target: Slot) throws {
    if owner.tag == ValueTag.record, let position = site.position(in: owner.record.pointee.shape) {
      owner.record.pointee.read(position, into: target)
    } else {
      try missingField(site, owner, target)
    }
  }

  @inline(never) private static func missingField(
    _ site: FieldSite, _ owner: Slot, _ target: Slot
  ) throws {
    if let column = site.column {
      target.pointee = try Paths.column(site.name, of: owner.pointee, whenMissing: column)
    } else {
      target.pointee = try Paths.field(site.name, of: owner.pointee, isOptional: site.isOptional)
    }
  }

  /// A list of what is in the slots, which are null then.
  @inline(never) static func list(_ first: Slot, _ count: Int, into target: Slot) {
    target.pointee = .list(moved(first, count))
  }

  @inline(never) static func record(_ shape: Shape, _ first: Slot, into target: Slot) {
    target.pointee = .record(
      Record(shape: shape, wireValues: moved(first, shape.names.count)))
  }

  private static func moved(_ first: Slot, _ count: Int) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      base.moveInitialize(from: first, count: count)
      first.initialize(repeating: .null, count: count)
      initialized = count
    }
  }

  /// The parts as one text. The places of the parts are those of the instructions after `at`.
  @inline(never) func text(_ at: Int, _ first: Slot, _ count: Int, into target: Slot) throws {
    var length = 0
    for index in 0..<count {
      let part = first + index
      if part.tag == ValueTag.int {
        length += part.int.digitCount
        continue
      }
      if part.tag != ValueTag.string {
        do { part.pointee = .string(try part.pointee.interpolated()) } catch var failure as Failure
        {
          failure.span = spans[at + index + 1]
          throw failure
        }
      }
      length += part.string.pointee.utf8.count
    }
    let text = String(unsafeUninitializedCapacity: length) { buffer in
      guard var place = buffer.baseAddress else { return 0 }
      for index in 0..<count {
        let part = first + index
        if part.tag == ValueTag.int {
          place = part.int.writeDigits(to: place)
          continue
        }
        part.string.pointee.withUTF8 { bytes in
          guard let start = bytes.baseAddress else { return }
          place.initialize(from: start, count: bytes.count)
          place += bytes.count
        }
      }
      return length
    }
    for index in 0..<count { (first + index).clear() }
    target.pointee = .string(text)
  }

  @inline(__always) static func global(_ frame: Unmanaged<Frame>, _ number: Int32) -> Slot {
    frame._withUnsafeGuaranteedRef { $0.globals.slots + Int(number) }
  }

  @inline(never) func callBuiltIn(
    _ instruction: Instruction, _ first: Slot, _ target: Slot, _ frame: Frame
  ) throws {
    let site = builtIns[Int(instruction.c)]
    target.pointee = try site.call(Self.moved(first, site.count), frame.host)
  }
}

extension Int {
  /// The number of characters of its decimal form, a sign included.
  fileprivate var digitCount: Int {
    var count = self < 0 ? 2 : 1
    var rest = magnitude
    while rest > 9 {
      rest /= 10
      count += 1
    }
    return count
  }

  /// Writes the decimal form and gives the place after it.
  fileprivate func writeDigits(to place: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>
  {
    let end = place + digitCount
    var digit = end
    var rest = magnitude
    repeat {
      digit -= 1
      digit.initialize(to: UInt8(truncatingIfNeeded: 0x30 + rest % 10))
      rest /= 10
    } while rest > 0
    if self < 0 { place.initialize(to: UInt8(ascii: "-")) }
    return end
  }
}

/// The words that ask for a bool.
enum ConditionWord: Int32 {
  case conditional, whileLoop, filter, and, or, not, condition

  var text: String {
    switch self {
    case .conditional, .condition: "if"
    case .whileLoop: "while"
    case .filter: "where"
    case .and: "and"
    case .or: "or"
    case .not: "not"
    }
  }
}
