import SnapLanguage
import Testing

/// Random expressions, evaluated by the language and by a second evaluator that knows only the
/// document: precedence, associativity, short circuits, overflow, order.
struct ExpressionPropertyTests {
  @Test(arguments: 1...4)
  func `an expression has the value that the document says`(_ seed: Int) async {
    var random = SplitMix(seed: UInt64(seed))
    var failed = 0
    for _ in 0..<400 {
      let expression = RandomExpression.make(depth: 5, &random)
      var leaves: [String] = []
      let text = expression.source(isHidden: true, &leaves)
      let ran = await run("for v in [[\(leaves.joined(separator: ", "))]] { print (\(text)) }")
      #expect(ran.errors == [], "\(text)")
      switch expression.outcome {
      case .failure(let message):
        failed += 1
        #expect(ran.failure?.message == message, "\(text) of \(leaves)")
      case .int(let value): #expect(ran.shown == ["\(value)"], "\(text) of \(leaves)")
      case .bool(let value): #expect(ran.shown == ["\(value)"], "\(text) of \(leaves)")
      case .text(let value): #expect(ran.shown == [value], "\(text) of \(leaves)")
      }
    }
    #expect(failed > 0 && failed < 400)
  }

  /// The check may refuse what the run would never reach, but it never computes another value.
  @Test func `constants have the values that variables have`() async {
    var random = SplitMix(seed: 99)
    var compared = 0
    for _ in 0..<600 {
      let expression = RandomExpression.make(depth: 4, &random)
      var none: [String] = []
      let text = expression.source(isHidden: false, &none)
      let ran = await run("print (\(text))")
      switch expression.outcome {
      case .failure(let message):
        let errors = ran.errors + [ran.failure?.line ?? ""]
        #expect(errors.contains { $0.hasSuffix(": " + message) }, "\(text)")
      case .int(let value) where ran.errors.isEmpty: #expect(ran.shown == ["\(value)"], "\(text)")
      case .bool(let value) where ran.errors.isEmpty: #expect(ran.shown == ["\(value)"], "\(text)")
      case .text(let value) where ran.errors.isEmpty: #expect(ran.shown == [value], "\(text)")
      default: continue
      }
      compared += 1
    }
    #expect(compared > 400)
  }
}
