package import SnapLanguage

/// `sleep`: nothing, for a while.
package struct Sleep: Callable {
  package let signature = Signature(
    "sleep", group: .shell, about: "Wait for a while",
    parameters: [Parameter("duration", .duration)],
    effect: .local, examples: [Signature.Example("sleep 30s", "half a minute")])

  package func run(_ call: Call) throws -> Outcome {
    guard case .duration(let microseconds)? = call["duration"], microseconds >= 0 else {
      throw Failure(.usage, "'sleep' needs a duration that is not negative", help: "sleep 30s")
    }
    if call.host.leavesOut(call.span.text) { return .nothing }
    do {
      try call.host.wait { try await Task.sleep(for: .microseconds(microseconds)) }
    } catch is CancellationError {
      throw Cancelled()
    }
    return .nothing
  }
}
