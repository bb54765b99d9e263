import SnapLanguage
import Testing

@Suite struct AggregateTests {
  private static let disks = Given(
    [
      record(["n": .int(3), "size": .size(2_000), "age": .duration(3_000_000), "f": .float(0.5)]),
      record(["n": .null, "size": .size(1_001), "age": .duration(-1_000_000), "f": .int(1)]),
      record(["n": .int(-1), "size": .null, "age": .null, "f": .float(-2)]),
    ], columns: .fixed(["n", "size", "age", "f"]))

  @Test(arguments: [
    ("sum n", "2"), ("sum size", "3001"), ("sum age", "2"), ("sum f", "-0.5"),
    ("avg n", "1.0"), ("avg size", "1500"), ("avg age", "1"), ("avg f", "-0.16666666666666666"),
    ("min n", "-1"), ("min size", "1001"), ("min age", "-1"), ("min f", "-2.0"),
    ("max n", "3"), ("max size", "2000"), ("max age", "3"), ("max f", "1"),
  ])
  func `a column is summed up without its nulls`(command: String, result: String) async throws {
    #expect(try await Pipes.lines("given | \(command)", given: Self.disks) == [result])
  }

  @Test(arguments: [
    ("[1, 2, 3] | sum", "6"), ("[1, 0.5] | sum", "1.5"), ("[] | sum", "0"), ("[null] | sum", "0"),
    ("[1GB, 1MB] | sum", "1001000000"), ("[] | avg", "null"), ("[] | min", "null"),
    ("[null, null] | max", "null"), ("['b', 'a', 'c'] | max", "\"c\""), ("[1, 2] | avg", "1.5"),
    ("[2026-01-03, 2026-01-01] | avg", "\"2026-01-02T00:00:00Z\""),
    ("[2026-01-03, 2026-01-01] | min", "\"2026-01-01T00:00:00Z\""),
    ("[true, false] | min", "false"), ("[1, 1.5, 1] | max", "1.5"), ("[-1B, 0B] | avg", "-1"),
    ("[9223372036854775807, 1, -1] | sum", "9223372036854775807"), ("min(3, 4)", "3"),
  ])
  func `plain values are summed up`(pipeline: String, result: String) async throws {
    #expect(try await Pipes.lines(pipeline) == [result])
  }

  @Test func `a size keeps its kind`() async throws {
    let pipeline = "let all = $([1GB, 2GB] | sum); let one = $([1GB, 2GB] | avg); \"${all} ${one}\""
    #expect(try await Pipes.lines(pipeline) == ["\"3GB 1.5GB\""])
  }

  @Test(arguments: [
    ("[1, 1GB] | sum", "'sum': a size can't be added to a number, in row 2"),
    ("[1, 'x'] | sum", "'sum': a string is no amount, in row 2"),
    ("[2026-01-01] | sum", "'sum': a datetime can't be added to another, in row 1"),
    ("[null, 1s, 2] | avg", "'avg': an int can't be added to a duration, in row 3"),
    ("[1, 'x'] | min", "'min': a string has no order with an int, in row 2"),
    ("[[1]] | max", "'max': a list has no order, in row 1"),
    ("[9223372036854775807, 1] | sum", "the result is too large for 64 bits"),
    ("[{a: 1}] | sum", "'sum' needs COLUMN for rows with several"),
    ("[{a: 1}] | sum b", "there is no column 'b'"), ("[1] | sum a", "an int has no column 'a'"),
  ])
  func `what does not fit is an error that names the row`(
    pipeline: String, message: String
  ) async throws {
    let failure = await #expect(throws: Failure.self) { try await Pipes.lines(pipeline) }
    #expect(failure?.message == message)
  }

  @Test func `an unknown column is found by the check`() async {
    await #expect(throws: Program.Rejection.self) {
      try await Pipes.lines("given | sum sise", given: Self.disks)
    }
  }

  @Test(arguments: [
    ("'日本 é' | length", "4"), ("[1, 2] | length", "2"), ("({a: 1}) | length", "1"),
    ("given | length", "3"), ("given | count", "3"), ("(null) | length", "0"),
  ])
  func `a length is that of the thing`(pipeline: String, length: String) async throws {
    #expect(try await Pipes.lines(pipeline, given: Self.disks) == [length])
  }

  @Test func `an int has no length`() async {
    await #expect(throws: Failure.self) { try await Pipes.lines("5 | length") }
  }
}
