import Testing

/// What happens when a change fails, or when nobody knows whether it did.
@Suite struct FailedChangeTests {
  private func run(
    _ arguments: String..., cloud: ScriptedCloud
  ) throws -> Sandbox.Result {
    let result = try Sandbox().snapsh(arguments, environment: cloud.environment)
    #expect(result.output == "")
    return result
  }

  /// A cloud that answers changes with `answers`, then with 202.
  private func cloud(changes answers: ScriptedCloud.Answer...) throws -> ScriptedCloud {
    let answers = AnswerSequence(answers)
    return try ScriptedCloud(except: { $0.isMutation ? answers.next() : nil })
  }

  @Test(
    "a restore whose answer is lost is sent once, and its outcome is unknown",
    arguments: [.closed, .status(502, ""), .status(504, "")] as [ScriptedCloud.Answer])
  func lostRestore(_ answer: ScriptedCloud.Answer) throws {
    let cloud = try cloud(changes: answer)
    let result = try run("restore", "14901", "--yes", cloud: cloud)
    #expect(result.code == 5)
    #expect(cloud.mutations.count == 1)
    #expect(result.errors.contains("it is not known whether this was done: restore 14901"))
    #expect(result.errors.contains("help: look with 'ls' before you do it again"))
  }

  @Test("after a restore whose outcome is unknown, no other one is sent")
  func unknownRestoreStops() throws {
    let answers = AnswerSequence([.closed])
    let cloud = try ScriptedCloud(
      rows: (1...3).map { DocumentedRows.row($0, "s\($0)") },
      except: { $0.isMutation ? answers.next() : nil })
    let result = try run("-y", "-c", "ls | restore", cloud: cloud)
    #expect(result.code == 5)
    #expect(cloud.mutations.count == 1)
    #expect(result.errors.contains("1 unknown, 2 not started"))
  }

  @Test("a rename whose answer is lost is looked up, and sent again when it was not applied")
  func lostRename() throws {
    let cloud = try cloud(changes: .closed)
    let result = try run("rename", "14901", "new", cloud: cloud)
    #expect(result.code == 0, "\(result.errors)")
    #expect(cloud.mutations.count == 2)
    #expect(result.errors.contains("trying again (2): rename 14901"))
  }

  @Test("a rename whose answer is lost is not sent again when it was applied")
  func appliedRename() throws {
    let answers = AnswerSequence([.closed])
    let cloud = try ScriptedCloud(except: { request in
      if request.isMutation { return answers.next() }
      if request.target.contains("/snapshots/") {
        return .json(#"{"data":[{"id":14901,"name":"new"}]}"#)
      }
      return nil
    })
    let result = try run("rename", "14901", "new", cloud: cloud)
    #expect(result.code == 0, "\(result.errors)")
    #expect(cloud.mutations.count == 1)
  }

  @Test("a create whose answer is lost is found by its name, and not made twice")
  func appliedCreate() throws {
    let (answers, lists) = (
      AnswerSequence([.closed]), AnswerSequence([.json(#"{"data":[{"id":1,"name":"b"}]}"#)])
    )
    let cloud = try ScriptedCloud(except: { request in
      if request.isMutation { return answers.next() }
      return lists.next() ?? .json(#"{"data":[{"id":1,"name":"b"},{"id":2,"name":"b"}]}"#)
    })
    let result = try run("create", "3247", "b", cloud: cloud)
    #expect(result.code == 0, "\(result.errors)")
    #expect(cloud.mutations.count == 1)
  }

  @Test("a deletion whose answer is lost is sent again, and 404 then means that it is done")
  func lostDeletion() throws {
    let cloud = try cloud(changes: .closed, .status(404, ""))
    let result = try run("rm", "14901", "--yes", cloud: cloud)
    #expect(result.code == 0, "\(result.errors)")
    #expect(cloud.mutations.count == 2)
  }

  @Test("409 waits for the operation that runs, and then the change is sent")
  func conflict() throws {
    let cloud = try cloud(changes: .status(409, #"{"error":"busy"}"#))
    let result = try run("restore", "14901", "--yes", cloud: cloud)
    #expect(result.code == 0, "\(result.errors)")
    #expect(cloud.mutations.count == 2)
    #expect(cloud.requests.suffix(2).map(\.method) == ["GET", "POST"])
  }

  @Test("422 is an error with the server's words, and is sent once")
  func refused() throws {
    let cloud = try cloud(changes: .status(422, #"{"error":"the name is too long"}"#))
    let result = try run("rename", "14901", "new", cloud: cloud)
    #expect(result.code == 1)
    #expect(cloud.mutations.count == 1)
    #expect(result.errors.contains("the cloud refused the request (422)"))
    #expect(result.errors.contains("the name is too long"))
  }

  @Test("401 on a change stops the run, with 4")
  func unauthenticated() throws {
    let cloud = try cloud(changes: .status(401, ""))
    let result = try run("-y", "-c", "ls | rm", cloud: cloud)
    #expect(result.code == 4)
    #expect(cloud.mutations.count <= 2)
  }

  @Test("a redirect of a change is not followed")
  func redirect() throws {
    let other = try ScriptedCloud()
    let cloud = try cloud(
      changes: .status(307, "", headers: ["location": other.endpoint + "/images"]))
    let result = try run("rename", "14901", "new", cloud: cloud)
    #expect(result.code == 1)
    #expect(cloud.mutations.count == 1)
    #expect(other.requests.isEmpty)
    #expect(result.errors.contains("redirects aren't followed"))
  }

  @Test("when some of several changes fail the code is 3, and the summary counts them")
  func someFail() throws {
    let cloud = try ScriptedCloud(
      rows: (1...3).map { DocumentedRows.row($0, "s\($0)") },
      except: { $0.target.contains("/2/") ? .status(403, "") : nil })
    let result = try run("-y", "-c", "ls | rm", cloud: cloud)
    #expect(result.code == 3)
    #expect(cloud.mutations.count == 3)
    #expect(result.errors.contains("2 accepted, 1 failed"))
  }

  @Test("a read-only snapshot is refused before anything is sent, naming what is read-only")
  func readOnly() throws {
    let cloud = try ScriptedCloud()
    let result = try run("restore", "15258", "--yes", cloud: cloud)
    #expect(result.code == 1)
    #expect(
      result.errors.contains(
        "the snapshot '11test1-newvm-1731969462' is read-only; nothing was sent"))
    #expect(cloud.mutations.isEmpty)
  }

  @Test("more deletions than --max-deletes are refused before the first one")
  func tooManyDeletions() throws {
    let cloud = try ScriptedCloud()
    let result = try run("--max-deletes", "1", "-y", "-c", "ls | rm", cloud: cloud)
    #expect(result.code == 6)
    #expect(result.errors.contains("2 deletions are more than the limit of 1; nothing was sent"))
    #expect(cloud.mutations.isEmpty)
  }

  @Test(
    "without a terminal and without --yes nothing destructive is sent",
    arguments: [["restore", "14901"], ["rm", "14901"], ["-c", "ls | rm"], ["delete", "14901"]])
  func nobodyToAsk(_ arguments: [String]) throws {
    let cloud = try ScriptedCloud()
    let result = try Sandbox().snapsh(arguments, environment: cloud.environment)
    #expect(result.code == 6)
    #expect(result.output == "")
    #expect(result.errors.contains("there is nobody to ask; nothing was sent"))
    #expect(cloud.mutations.isEmpty)
  }

  @Test("a yes on stdin is no yes: stdin is the script's")
  func piped() throws {
    let cloud = try ScriptedCloud()
    let result = try Sandbox().snapsh("rm", "14901", environment: cloud.environment, input: "y\n")
    #expect(result.code == 6)
    #expect(cloud.mutations.isEmpty)
  }

  @Test(
    "an id that no list has, and a name that several have, send nothing",
    arguments: [
      (["rm", "99", "--yes"], "there is no snapshot 99", 1),
      (["rm", "same", "--yes"], "2 snapshots are called 'same'", 1),
      (["restore", "sam", "--yes"], "did you mean 'same'?", 1),
      (["create", "nowhere", "x"], "there is no slice 'nowhere'", 1),
    ])
  func noTarget(_ arguments: [String], _ words: String, _ code: Int32) throws {
    let cloud = try ScriptedCloud(rows: [
      DocumentedRows.row(1, "same"),
      DocumentedRows.row(2, "same", slice: 9, sliceName: "db-01"),
    ])
    let result = try Sandbox().snapsh(arguments, environment: cloud.environment)
    #expect(result.code == code)
    #expect(result.output == "")
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(cloud.mutations.isEmpty)
  }

  @Test("an ambiguous name's error lists the ids to choose from")
  func ambiguous() throws {
    let cloud = try ScriptedCloud(rows: [
      DocumentedRows.row(1, "same"),
      DocumentedRows.row(2, "same", slice: 9, sliceName: "db-01"),
    ])
    let result = try run("rm", "same", "--yes", cloud: cloud)
    #expect(result.errors.contains("help: give the id: 1 of web-01, 2 of db-01"))
  }

  @Test(
    "a wait that is over ends with 124, and the cloud goes on",
    arguments: [
      ["wait", "--timeout", "20ms"], ["restore", "1", "--yes", "--wait", "--wait-timeout", "20ms"],
    ])
  func waitTimeout(_ arguments: [String]) throws {
    let cloud = try ScriptedCloud(rows: [DocumentedRows.row(1, "a", running: "\"restore\"")])
    let result = try Sandbox().snapsh(arguments, environment: cloud.environment)
    #expect(result.code == 124, "\(result.errors)")
    #expect(result.output == "")
    #expect(result.errors.contains("the cloud goes on"))
  }
}
