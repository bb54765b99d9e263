import SnapLanguage
import Testing

@Suite struct NestingTests {
  @Test(arguments: [
    ("[[1, 2], [3], 4, []] | flatten", ["1", "2", "3", "4"]),
    ("[[[1]], [[2]]] | flatten", ["[1]", "[2]"]),
    ("[{a: 1, b: [2, 3]}] | flatten b", [#"{"a":1,"b":2}"#, #"{"a":1,"b":3}"#]),
    ("[{a: 1, b: []}, {a: 2, b: null}] | flatten b", [#"{"a":2,"b":null}"#]),
    ("[{a: 1, b: {c: 2, d: 3}, e: 4}] | flatten b", [#"{"a":1,"c":2,"d":3,"e":4}"#]),
    (
      "[{a: 1, b: {b: 2, a: 3}, a_2: 4}] | flatten b",
      [#"{"a":1,"b":2,"a_3":3,"a_2":4}"#]
    ),
    (
      "[{a: 1, b: [{c: 2}, 5, {d: 3}]}] | flatten b",
      [#"{"a":1,"c":2}"#, #"{"a":1,"b":5}"#, #"{"a":1,"d":3}"#]
    ),
    (
      "[{k: 1, v: 2}, {k: 3, v: 4}, {k: 1, v: 5}] | group-by k | flatten rows",
      [#"{"k":1,"k_2":1,"v":2}"#, #"{"k":1,"k_2":1,"v":5}"#, #"{"k":3,"k_2":3,"v":4}"#]
    ),
  ])
  func `what is nested is lifted by one level`(pipeline: String, lines: [String]) async throws {
    #expect(try await Pipes.lines(pipeline) == lines)
  }

  @Test func `a column that is nowhere can't be lifted`() async {
    await #expect(throws: Failure.self) { try await Pipes.lines("[{a: 1}] | flatten b") }
  }

  private static let left = Given([
    record(["id": .int(1), "name": .string("x")]), record(["id": .int(2), "name": .string("y")]),
    record(["id": .null, "name": .string("z")]),
  ])

  @Test(arguments: [
    (
      "join [{id: 2, size: 5}, {id: 1, size: 6}, {id: 2, size: 7}] id",
      [
        #"{"id":1,"name":"x","size":6}"#, #"{"id":2,"name":"y","size":5}"#,
        #"{"id":2,"name":"y","size":7}"#,
      ]
    ),
    (
      "join [{id: 1.0, name: 'n'}, {id: null, name: 'o'}] id",
      [#"{"id":1,"name":"x","name_2":"n"}"#]
    ),
    (
      "join [{id: 1, a: 2}, {b: 3, id: 2}] id --left",
      [
        #"{"id":1,"name":"x","a":2,"b":null}"#, #"{"id":2,"name":"y","a":null,"b":3}"#,
        #"{"id":null,"name":"z","a":null,"b":null}"#,
      ]
    ),
    ("join [] id", []),
    (
      "first 1 | join [] id --left", [#"{"id":1,"name":"x"}"#]
    ),
  ])
  func `rows are joined by a column`(command: String, lines: [String]) async throws {
    #expect(try await Pipes.lines("given | \(command)", given: Self.left) == lines)
  }

  @Test(arguments: ["join [{a: 1}] x", "join [{id: 1}] idd", "join [5] id"])
  func `rows without the column can't be joined`(command: String) async {
    await #expect(throws: Failure.self) {
      try await Pipes.lines("given | \(command)", given: Self.left)
    }
  }
}
