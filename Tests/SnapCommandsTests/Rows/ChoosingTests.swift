import SnapLanguage
import Synchronization
import Testing

@Suite struct ChoosingTests {
  private static let rows = Given([
    record(["id": .int(1), "zone": .string("a")]), record(["id": .int(2), "zone": .string("b")]),
    record(["zone": .string("a"), "id": .int(3)]), record(["id": .int(1), "zone": .string("a")]),
    record(["id": .null, "zone": .string("b")]),
  ])

  @Test(arguments: [
    ("first 2", ["1", "2"]), ("first 0", []), ("first", ["1"]), ("last 2", ["1", "null"]),
    ("last 9", ["1", "2", "3", "1", "null"]), ("skip 3", ["1", "null"]), ("skip 9", []),
    ("reverse", ["null", "1", "3", "2", "1"]), ("uniq", ["1", "2", "3", "null"]),
    ("uniq zone", ["1", "2"]), ("uniq id zone", ["1", "2", "3", "null"]),
    ("uniq zone id", ["1", "2", "3", "null"]),
  ])
  func `rows are chosen by their places and by being new`(
    command: String, ids: [String]
  ) async throws {
    #expect(try await Pipes.lines("given | \(command) | get id", given: Self.rows) == ids)
  }

  @Test(arguments: [
    ("get 0", "1"), ("get 2", "3"), ("get -1", "null"), ("get -2", "1"), ("get -5", "1"),
  ])
  func `a number gets one row`(command: String, id: String) async throws {
    let lines = try await Pipes.lines(
      "let row = $(given | \(command))\n$row.id", given: Self.rows)
    #expect(lines == (id == "null" ? ["null"] : [id]))
  }

  @Test(arguments: ["get 5", "get -6"]) func `a place without a row is an error`(
    command: String
  ) async {
    let failure = await #expect(throws: Failure.self) {
      try await Pipes.lines("given | \(command)", given: Self.rows)
    }
    #expect(failure?.message == "there is no row \(command.dropFirst(4)) in 5 rows")
  }

  @Test(arguments: [
    ("select zone id", #"{"zone":"a","id":3}"#), ("select id", #"{"id":3}"#),
    ("select id zone id", #"{"id":3,"zone":"a"}"#),
  ])
  func `columns are chosen in the order that is asked for`(
    command: String, row: String
  ) async throws {
    #expect(try await Pipes.lines("given | \(command) | get 2", given: Self.rows) == [row])
  }

  @Test(arguments: [
    "first 3", "skip 1 | first 2", "get 1", "where n > 1 | first", "uniq | first 9",
    "each { $it.n } | first 4", "flatten | first", "select n | first 1",
  ])
  func `a stream without end is read no further than needed`(command: String) async throws {
    let read = Atomic(0)
    let endless = Given(batches: {
      AnyIterator {
        let number = read.add(1, ordering: .relaxed).newValue
        return [record(["n": .int(number)]), record(["n": .int(number + 1)])]
      }
    })
    _ = try await Pipes.lines("given | \(command)", given: endless)
    #expect(read.load(ordering: .relaxed) <= 10)
  }
}
