package import CloudAPI
package import CloudClient
import SnapLanguage
package import SnapRun
import Synchronization

/// The cloud as commands see it: the client, made at the first need, and what lists have told.
package final class CloudSession: Sendable {
  /// A slice that is known from elsewhere than the list of snapshots.
  package struct KnownSlice: Sendable {
    package let id: SliceID
    package let name: String
    package let region: String?
    package let perms: String?
    package init(id: SliceID, name: String, region: String?, perms: String?) {
      self.id = id
      self.name = name
      self.region = region
      self.perms = perms
    }
  }

  package let profile: String
  private let connect: @Sendable () async throws -> CloudClient
  private let slicesWithoutSnapshots: @Sendable () async throws -> [KnownSlice]
  private let observe: @Sendable (_ isWhole: Bool) -> (any ListObserver)?
  private let follow: Follow
  private let changed: @Sendable (CloudSession, [StepResult]) -> Void
  private let memory = Mutex(Memory())
  /// While a text is planned: what it has planned so far.
  private let overlay = Mutex<Overlay?>(nil)
  /// While a script runs again: what its run has changed and it has not come to yet.
  private let changesAhead = Mutex<(@Sendable () -> [OperationRecord])?>(nil)

  /// Waits by calling the last argument, with what is to be told of each read.
  package typealias Follow =
    @Sendable (
      _ rows: [SnapshotRow], _ durations: RecordedDurations,
      _ wait: @Sendable (@escaping @Sendable ([WaitProgress]) -> Void) async throws -> [WaitOutcome]
    ) async throws -> [WaitOutcome]

  /// What rows of a slice's own list don't tell.
  private struct Memory {
    var sliceOfSnapshot: [SnapshotID: SliceID] = [:]
    var fullRows: [SnapshotID: SnapshotRow] = [:]
    /// A row of each slice, of the last whole list.
    var rowOfSlice: [SliceID: SnapshotRow] = [:]
    var durations = RecordedDurations()
  }

  /// - Parameters:
  ///   - profile: its name, for questions and the prompt.
  ///   - connect: gives the client; called again for each command.
  ///   - slicesWithoutSnapshots: slices that the API can't list because nothing was taken of them;
  ///     the local cloud knows its own.
  ///   - observe: gives who learns from a reading, for completion.
  ///   - changed: told how changes ended.
  ///   - follow: shows how a wait goes on.
  package init(
    profile: String, connect: @escaping @Sendable () async throws -> CloudClient,
    slicesWithoutSnapshots: @escaping @Sendable () async throws -> [KnownSlice] = { [] },
    observe: @escaping @Sendable (_ isWhole: Bool) -> (any ListObserver)? = { _ in nil },
    changed: @escaping @Sendable (CloudSession, [StepResult]) -> Void = { _, _ in },
    follow: @escaping Follow = { _, _, wait in try await wait { _ in } }
  ) {
    self.follow = follow
    self.changed = changed
    self.profile = profile
    self.connect = connect
    self.slicesWithoutSnapshots = slicesWithoutSnapshots
    self.observe = observe
  }

  /// A session without a cloud, for the declarations of commands.
  package static let unconnected = CloudSession(
    profile: "", connect: { throw CloudError(.clientShutDown) })

  /// - Throws: `Failure`.
  package func client() async throws -> CloudClient {
    do { return try await connect() } catch let error as CloudError { throw Failure(error) }
  }

  package func knownSlices() async throws -> [KnownSlice] { try await slicesWithoutSnapshots() }

  /// All snapshots, or those that the server finds for `query`.
  package func list(query: String?) async throws -> [SnapshotRow] {
    let rows = try await reading(query: query).rest()
    if query == nil {
      let last = Dictionary(rows.compactMap { row in row.slice.map { ($0, row) } }) { $1 }
      memory.withLock { $0.rowOfSlice = last }
    }
    let seen = hindsight?.applied(to: rows, query: query) ?? rows
    return planned.map { $0.applied(to: seen, query: query) } ?? seen
  }

  /// Whether lists show something else than the cloud has.
  var altersLists: Bool { planned != nil || hindsight != nil }

  /// The list as the cloud has it, a page at a time.
  func reading(query: String?) async throws -> ListReading {
    let observers: [(any ListObserver)?] = [observe(query == nil), DurationObserver(self)]
    return ListReading(try await client(), query: query, observers: observers.compactMap(\.self))
  }

  package func page(query: String?, _ page: Int) async throws -> [SnapshotRow] {
    let client = try await client()
    do throws(CloudError) {
      let rows = try await client.page(query: query, page: page).rows
      let observer = observe(false)
      observer?.note(rows)
      observer?.noteEnd()
      ReadLog.current?.note(.list(query: query, page: page), rows: rows.count)
      return planned.map { $0.changed(rows) } ?? rows
    } catch { throw Failure(error) }
  }

  package func list(slice: SliceID) async throws -> [SnapshotRow] {
    let client = try await client()
    do throws(CloudError) {
      let rows = try await client.list(slice: slice)
      ReadLog.current?.note(.listSlice(slice), rows: rows.count)
      memory.withLock { memory in for row in rows { memory.sliceOfSnapshot[row.id] = slice } }
      let seen = hindsight?.applied(to: rows, of: slice) ?? rows
      return planned.map { $0.applied(to: seen, of: slice) } ?? seen
    } catch { throw Failure(error, notFound: "there is no slice \(slice)") }
  }

  /// What the last list that told any durations tells.
  package var durations: RecordedDurations { memory.withLock { $0.durations } }

  /// Learns from the rows of one list how long work takes.
  private final class DurationObserver: ListObserver {
    private let session: CloudSession
    private let durations = Mutex<RecordedDurations?>(nil)

    init(_ session: CloudSession) { self.session = session }

    func note(_ rows: [SnapshotRow]) {
      guard !rows.isEmpty else { return }
      durations.withLock {
        $0 = $0 ?? RecordedDurations(); $0?.note(rows)
      }
    }

    func noteEnd() {
      guard let durations = durations.withLock({ $0 }) else { return }
      session.memory.withLock { $0.durations = durations }
    }
  }

  /// The slice of a snapshot whose row did not tell, where its slice's list was read before.
  package func slice(of snapshot: SnapshotID) -> SliceID? {
    memory.withLock { $0.sliceOfSnapshot[snapshot] }
  }

  /// A row of the slice in the whole list that was read last; nil when it had none.
  func lastRow(of slice: SliceID) -> SnapshotRow? { memory.withLock { $0.rowOfSlice[slice] } }

  /// The row of the full list for one of a slice's own list, which shows neither the slice nor
  /// permissions. The first one costs a reading of the full list; those of the same slice come free.
  package func fullRow(for id: SnapshotID) async throws -> SnapshotRow? {
    let known = memory.withLock { $0.fullRows[id] }
    if let known { return planned.map { $0.changed([known]).first } ?? known }
    let rows = try await list(query: nil)
    guard let row = rows.first(where: { $0.id == id }) else { return nil }
    // What is only planned, or over, is not kept.
    if planned == nil, hindsight == nil {
      memory.withLock { memory in
        for other in rows where other.slice == row.slice { memory.fullRows[other.id] = other }
      }
    }
    return row
  }

  /// Waits until nothing runs on the snapshots.
  package func wait(for rows: [SnapshotRow], timeout: Duration?) async throws -> [WaitOutcome] {
    let client = try await client()
    // What the run has deleted since has come to its end.
    let hindsight = hindsight
    let rows = rows.filter { hindsight?.isGone($0.id) != true }
    return try await follow(rows, durations) { report in
      do throws(CloudError) {
        return try await client.wait(
          for: rows.map { .any($0.id) }, timeout: timeout, onProgress: report)
      } catch { throw Failure(error) }
    }
  }

  // MARK: Hindsight

  private var hindsight: Hindsight? {
    changesAhead.withLock { $0 }.map { Hindsight(before: $0()) }
  }

  /// From now on reads show the cloud as it was before those changes; with nil, as it is.
  package func look(before changes: (@Sendable () -> [OperationRecord])?) {
    changesAhead.withLock { $0 = changes }
  }

  // MARK: Planning

  private var planned: Overlay? { overlay.withLock { $0 } }

  /// Whether reads show what is planned, and nothing is to be waited for.
  package var isPlanning: Bool { planned != nil }

  /// Begins to plan upon `overlay`, or with nil ends it; gives what was planned until then.
  @discardableResult package func plan(upon new: Overlay?) -> Overlay? {
    overlay.withLock { overlay in
      defer { overlay = new }
      return overlay
    }
  }

  /// Takes changes into what is planned; gives their numbers.
  package func plan(_ steps: [Step]) -> [Int] {
    let now = Clock.microseconds()
    return overlay.withLock { overlay in
      steps.map { overlay?.add($0, at: now) ?? 0 }
    }
  }

  /// The snapshot that is planned under that id.
  package func plannedRow(_ id: SnapshotID) -> SnapshotRow? { planned?.row(id) }

  /// The handle of a planned snapshot in `text`, which only the change itself turns into an id.
  package func handle(in text: String) -> SnapshotID? { planned?.handle(in: text) }

  /// Something was changed: what lists have told is out of date.
  package func noteChange(_ results: [StepResult]) { changed(self, results) }
}
