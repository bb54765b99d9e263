package import SnapLanguage

/// `exit`: the end of the script or the session.
package struct Exit: Callable {
  package let signature = Signature(
    "exit", group: .shell, about: "Leave, with an exit code",
    parameters: [Parameter("code", .int, about: "0 to 255", default: .int(0))],
    effect: .local, examples: [Signature.Example("exit", "leave the shell")])

  package func run(_ call: Call) throws -> Outcome {
    let code = call["code"]?.intValue ?? 0
    guard let code = UInt8(exactly: code) else {
      throw Failure(.usage, "an exit code is from 0 to 255, not \(code)")
    }
    throw ExitRequest(code: Int32(code))
  }
}
