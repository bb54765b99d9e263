package import SnapLanguage

/// `each`: code run for each row, which it sees as `$it`.
package struct Each: Callable {
  package let signature = Signature(
    "each", group: .rows, about: "Run a block for each row and give its results",
    parameters: [Parameter("block", .block, about: "{ … $it … }")],
    input: .required, effect: .pure,
    examples: [Signature.Example("ls | each { \"${it.id}\" }", "a text for each row")]
  )

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    guard case .block(let block)? = call["block"] else {
      throw Failure(.usage, "'each' needs a block", help: "… | each { … $it … }")
    }
    let host = call.host
    return .rows(
      call.rows.compactMap { row in
        try host.cancellation.check()
        let value = try block.call(row)
        return value.isNull ? nil : value
      })
  }
}
