import Synchronization

/// A cloud whose rows change: by what is sent to it, and by others.
final class ChangingCloud: Sendable {
  struct Row: Sendable {
    var id: Int
    var name: String
    var slice = 1
    var slicePerms = "rw"
    var perms = "rw"

    var text: String {
      """
      {"id":\(id),"name":"\(name)","vm_id":\(slice),"vmname":"web-\(slice)","perms":"\(perms)",\
      "vm_perms":"\(slicePerms)","created":"2025-02-04 10:19:36.925397","in_progress":null,\
      "progress":null,"snapshot_size":5,"duration":"5s"}
      """
    }
  }

  fileprivate struct State {
    var rows: [Row]
    var changes = 0
  }

  let cloud: ScriptedCloud
  fileprivate let state: State.Shared

  /// `answer` is asked for each change, with its number from 1; nil carries it out. `after` is called when
  /// one was carried out.
  init(
    _ rows: [Row],
    answer: @escaping @Sendable (Int, ScriptedCloud.Request) -> ScriptedCloud.Answer? = { _, _ in
      nil
    },
    after: @escaping @Sendable (Int, inout [Row]) -> Void = { _, _ in }
  ) throws {
    let state = State.Shared(State(rows: rows))
    self.state = state
    cloud = try ScriptedCloud { request in
      state.value.withLock { state in
        let parts = request.target.split(separator: "?")[0].split(separator: "/")
        if request.isMutation {
          state.changes += 1
          if let answer = answer(state.changes, request) { return answer }
          if request.method == "DELETE" { state.rows.removeAll { "\($0.id)" == parts[4] } }
          if parts.last == "rename",
            let place = state.rows.firstIndex(where: { "\($0.id)" == parts[4] })
          {
            let name = request.body.split(separator: "\"").last { $0.count > 1 } ?? ""
            state.rows[place].name = String(name)
          }
          if parts.last == "create", let slice = Int(parts[4]) {
            let name = request.body.split(separator: "\"").last { $0.count > 1 } ?? ""
            state.rows.append(Row(id: 100 + state.changes, name: String(name), slice: slice))
          }
          after(state.changes, &state.rows)
          return .accepted
        }
        if parts.count > 4 {
          let own = state.rows.filter { "\($0.slice)" == parts[4] }.map(\.text)
          // A slice without snapshots counts as gone.
          if own.isEmpty { return .status(404, "") }
          return .json(#"{"data":[\#(own.joined(separator: ","))]}"#)
        }
        return DocumentedRows.page(state.rows.map(\.text))
      }
    }
  }

  var mutations: [String] { cloud.mutations.map(\.line) }

  /// Somebody else changes something.
  func change(_ body: (inout [Row]) -> Void) { state.value.withLock { body(&$0.rows) } }
}

extension ChangingCloud.State {
  fileprivate final class Shared: Sendable {
    let value: Mutex<ChangingCloud.State>
    init(_ state: ChangingCloud.State) { value = Mutex(state) }
  }
}
