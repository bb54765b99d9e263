import Glibc
import Synchronization

/// The lines of this session and of those that share its file, from any thread.
package final class History: Sendable {
  private struct State {
    var entries = HistoryEntries()
    var position: HistoryFile.Position?
    /// The ids of this session's lines.
    var own: Set<String> = []
    /// Nil when it has to be made anew.
    var distinct: [String]?
  }

  private let file: HistoryFile?
  private let limit: Int
  private let profile: String?
  private let state = Mutex(State())

  /// Without a `file` the lines live as long as the session; `limit` is how many are kept; `profile` is
  /// the one whose lines are meant first.
  package init(file: String? = nil, limit: Int = 10_000, profile: String? = nil) {
    self.file = file.map(HistoryFile.init(path:))
    self.limit = limit
    self.profile = profile
    refresh()
  }

  /// Takes up what other sessions have written. A file that can't be read must not keep anyone from
  /// typing.
  package func refresh() {
    guard let file else { return }
    state.withLock { state in
      guard let read = try? file.read(after: state.position), let position = read.position else {
        return
      }
      // A command has two records; a file that is far longer than it need be is read anew next time.
      if read.records.count > 4 * limit { try? file.compact(limit: limit) }
      state.position = position
      if read.isWhole {
        let unwritten = state.entries.all.filter { $0.id.map(state.own.contains) ?? false }
        state.entries = HistoryEntries()
        for record in read.records { state.entries.take(record) }
        for entry in unwritten where !state.entries.contains(id: entry.id ?? "") {
          state.entries.take(.begun(entry))
        }
      } else {
        for record in read.records { state.entries.take(record) }
      }
      guard read.isWhole || !read.records.isEmpty else { return }
      state.entries.keepNewest(limit)
      state.distinct = nil
    }
  }

  /// Notes that `command` begins to run at `time`, in microseconds since 1970; the id for its end.
  /// Nil for a command that isn't kept: an empty one, or one that begins with a blank.
  package func begin(_ command: String, at time: Int) -> String? {
    guard let first = command.first, first != " ", first != "\t" else { return nil }
    let id = "\(time).\(getpid())"
    let record = HistoryRecord.begun(
      HistoryEntry(time: time / 1_000_000, command: command, profile: profile, id: id))
    state.withLock { state in
      state.own.insert(id)
      state.entries.take(record)
      state.entries.keepNewest(limit)
      state.distinct = nil
    }
    // A full disk or a folder without write access only costs the record.
    try? file?.append(record)
    return id
  }

  /// Notes how the command ended, after `duration` milliseconds.
  package func end(_ id: String, duration: Int, code: Int) {
    let record = HistoryRecord.ended(id: id, duration: duration, code: code)
    state.withLock { $0.entries.take(record) }
    try? file?.append(record)
  }

  /// Each command once, where it was entered last; oldest first, and those of the own profile, or of
  /// none, after all others.
  package var commands: [String] {
    state.withLock { state in
      if let distinct = state.distinct { return distinct }
      let isOwn = { (entry: HistoryEntry) in entry.profile == nil || entry.profile == self.profile }
      let all = state.entries.all
      let distinct = (all.filter { !isOwn($0) } + all.filter(isOwn)).distinct.map(\.command)
      state.distinct = distinct
      return distinct
    }
  }

  /// The rest of the newest command of the same profile that begins with `text`: on another one the
  /// ids are others. Never of one that ended with one of the codes `except`.
  package func suggestion(for text: String, except codes: Set<Int> = []) -> String? {
    guard !text.isEmpty else { return nil }
    let typed = text.utf8
    return state.withLock { state in
      for entry in state.entries.all.reversed() where entry.profile == profile {
        let command = entry.command.utf8
        guard command.count > typed.count, command.starts(with: typed),
          !(entry.code.map(codes.contains) ?? false)
        else { continue }
        return String(decoding: command.dropFirst(typed.count), as: UTF8.self)
      }
      return nil
    }
  }
}
