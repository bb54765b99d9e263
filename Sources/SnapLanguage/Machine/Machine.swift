extension Chunk {
  /// Runs the instructions over the frame's slots.
  ///
  /// - Throws: `Failure` that knows its place, or what a closure throws.
  func run(_ frame: Frame) throws -> Signal {
    var position = Position(chunk: .passUnretained(self), frame: .passUnretained(frame))
    do { return try Self.run(&position, entry: frame) } catch {
      throw position.unwound(error, to: frame)
    }
  }

  /// Where the machine is: the innermost call of a function of the script.
  struct Position {
    // The chunk that was entered and those of the functions that it calls live as long as it, a
    // call's frame as long as its caller's.
    var chunk: Unmanaged<Chunk>
    var frame: Unmanaged<Frame>
    var at = 0

    /// The error with its place and the calls that were open; their frames are given back.
    fileprivate mutating func unwound(_ error: any Error, to entry: Frame) -> any Error {
      var failure = error as? Failure ?? (error as? ArithmeticError).map { Failure($0) }
      if failure?.span == nil { failure?.span = chunk._withUnsafeGuaranteedRef { $0.spans[at] } }
      while frame.toOpaque() != Unmanaged.passUnretained(entry).toOpaque() {
        self = frame._withUnsafeGuaranteedRef { $0.leave() }
        if let span = chunk._withUnsafeGuaranteedRef({ $0.spans[at] }) {
          failure?.trace.append(span)
        }
      }
      return failure ?? error
    }
  }

  /// Ends the call that `frame` is for, puts what it gives where its caller wants it, and gives the
  /// place after the call.
  static func leave(_ frame: Unmanaged<Frame>) -> Position {
    frame._withUnsafeGuaranteedRef { frame in
      let caller = frame.caller
      let target = caller.chunk._withUnsafeGuaranteedRef { $0.instructions[caller.at].a }
      let slots = caller.frame._withUnsafeGuaranteedRef { UnsafeMutableRawPointer($0.slots) }
      (slots + Int(target)).assumingMemoryBound(to: Value.self).take(frame.slots)
      var position = frame.leave()
      position.at += 1
      return position
    }
  }

  /// Ends a call whose last pipeline's flow is what it gives.
  static func leaveWithFlow(_ frame: Unmanaged<Frame>) throws -> Position {
    try frame._withUnsafeGuaranteedRef { try $0.collectFlow() }
    return try leaveChecked(frame)
  }

  /// Ends a call that gave nothing.
  static func leaveWithoutValue(_ frame: Unmanaged<Frame>) throws -> Position {
    frame._withUnsafeGuaranteedRef { $0.slots.pointee = .null }
    return try leaveChecked(frame)
  }

  /// Ends a call when what it gives is what the function says.
  private static func leaveChecked(_ frame: Unmanaged<Frame>) throws -> Position {
    try frame._withUnsafeGuaranteedRef { frame in
      try frame.caller.chunk._withUnsafeGuaranteedRef { chunk in
        let site = chunk.calls + Int(chunk.instructions[frame.caller.at].c)
        frame.slots.pointee = try site.pointee.function.checked(frame.slots.pointee)
      }
    }
    return leave(frame)
  }
}
