import Foundation
import Testing

/// The plugins under docs/examples/plugins, on real snapshots of the local cloud.
struct ExamplePluginTests {
  private func box(_ snapshots: [String]) throws -> PluginBox {
    let box = try PluginBox()
    try box.sandbox.prepare(
      slices: ["web-01"], snapshots: snapshots.map { (slice: "web-01", name: $0) })
    return box
  }

  private func names(_ box: PluginBox) throws -> [String] {
    let result = try box.sandbox.snapsh("-c", "ls | sort-by id | each { print $it.name }")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test("golden: whatever is deleted, golden snapshots stay, and the question doesn't show them")
  func golden() throws {
    let box = try box(["a", "golden-1", "b"])
    try box.add(example: "golden.snap")
    let asked = try box.sandbox.snapsh("-c", "ls | rm")
    #expect(asked.code == 6)
    #expect(asked.errors.contains("delete 2 snapshots"), "\(asked.errors)")
    let dry = try box.sandbox.snapsh("-n", "-o", "json", "-c", "ls | rm")
    #expect(!dry.output.contains("golden"), "\(dry.output)")
    #expect(dry.output.contains("\"b\""), "\(dry.errors)")
    let loop = try box.sandbox.snapsh("--yes", "-c", "for s in $(ls) { rm $s }")
    #expect(loop.code == 0, "\(loop.errors)")
    #expect(loop.errors.contains("left out by 'golden'"))
    #expect(try names(box) == ["golden-1"])
  }

  @Test("freeze: nothing is restored or deleted in a window, not by a plan either")
  func freeze() throws {
    let box = try box(["a"])
    let file = ".config/snapsh/freeze.csv"
    let head = "begin,end,why\n"
    try box.sandbox.write(head, to: file)
    try box.add(example: "freeze.snap")
    #expect(try box.sandbox.snapsh("--yes", "-c", "restore a --wait").code == 0)
    try box.sandbox.write("rm a", to: "rm.snap")
    #expect(try box.sandbox.snapsh("plan", "rm.snap", "-O", "plan.json").code == 0)
    try box.sandbox.write(
      head + "2020-01-01T00:00:00Z,2090-01-01T00:00:00Z,release\n", to: file)
    for line in ["restore a", "rm a", "for s in $(ls) rm $s"] {
      let frozen = try box.sandbox.snapsh("--yes", "-c", line)
      #expect(frozen.code == 6, "\(frozen.errors)")
      #expect(frozen.errors.contains("frozen until 2090-01-01T00:00:00Z, release"))
    }
    let applied = try box.sandbox.snapsh("--yes", "apply", "plan.json")
    #expect(applied.code == 6, "\(applied.errors)")
    #expect(try box.sandbox.snapsh("--yes", "-c", "create web-01 b --wait").code == 0)
    #expect(try names(box) == ["a", "b"])
    try FileManager.default.removeItem(atPath: "\(box.sandbox.folder)/\(file)")
    let unreadable = try box.sandbox.snapsh("--yes", "-c", "rm a")
    #expect(unreadable.code == 6)
    #expect(unreadable.errors.contains("it can't be asked"), "\(unreadable.errors)")
    // A hook that has changed is not asked and allows nothing.
    try box.sandbox.write(head, to: file)
    let hook = "\(box.folder)/freeze.snap"
    try "fn before(change: record) { }\n".write(toFile: hook, atomically: false, encoding: .utf8)
    let changed = try box.sandbox.snapsh("--yes", "-c", "rm a")
    #expect(changed.code == 6)
    #expect(changed.errors.contains("not what was agreed to"), "\(changed.errors)")
  }

  /// A webhook on loopback as a process of its own: it writes its port, and what it gets.
  private static let webhook = """
    import http.server, os
    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with open("bodies", "ab") as file:
                file.write(body + b"\\n")
            self.send_response(200)
            self.end_headers()
        def log_message(self, *words):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    with open("port.new", "w") as file:
        file.write(str(server.server_port))
    os.rename("port.new", "port")
    server.serve_forever()
    """

  @Test("notify and notices: a webhook on loopback gets what was done")
  func notify() throws {
    let box = try box(["a", "b"])
    let folder = box.sandbox.folder
    let server = box.sandbox.process("/usr/bin/python3", ["-c", Self.webhook], [:])
    (server.standardOutput, server.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try server.start()
    // Threads of tests block the gentler signals, and their children inherit that.
    defer { kill(server.processIdentifier, SIGKILL) }
    while !FileManager.default.fileExists(atPath: "\(folder)/port") {
      guard server.isRunning else { break }
      usleep(10_000)
    }
    let port = try String(contentsOfFile: "\(folder)/port", encoding: .utf8)
    let environment = ["NOTIFY_URL": "http://127.0.0.1:\(port)/hook"]
    try box.add(example: "snapsh-notify")
    try box.add(example: "notices.snap")
    let said = try box.sandbox.snapsh(
      "-c", #"notify 'a "quoted" text\' x"#, environment: environment)
    #expect(said.code == 0, "\(said.errors)")
    let deleted = try box.sandbox.snapsh("--yes", "-c", "ls | rm", environment: environment)
    #expect(deleted.code == 0, "\(deleted.errors)")
    let bodies = try String(contentsOfFile: "\(folder)/bodies", encoding: .utf8)
    #expect(
      bodies
        == """
        {"text": "a \"quoted\" text\\ x"}
        {"text": "snapsh: rm on web-01: 2 in all, 0 failed"}

        """.replacing(#""a "quoted" text\ x""#, with: #""a \"quoted\" text\\ x""#), "\(bodies)")
  }

  @Test("html: a page with a calendar of each slice")
  func html() throws {
    let box = try box(["a <b>", "b"])
    try box.add(example: "html")
    let result = try box.sandbox.snapsh("-c", "ls | to html | save report.html")
    #expect(result.code == 0, "\(result.errors)")
    let page = try String(contentsOfFile: "\(box.sandbox.folder)/report.html", encoding: .utf8)
    #expect(page.hasPrefix("<!doctype html>"))
    #expect(page.contains("<h1>2 snapshots of 1 slices</h1>"))
    #expect(page.contains("class=\"day n2\""))
    #expect(try box.sandbox.snapsh("-c", "[{a: 1}] | to html").errors.contains("no 'created'"))
    #expect(
      try box.sandbox.snapsh("-c", "ls | to hmtl").errors.contains("did you mean 'html'?"))
  }

  @Test("tags: changes go through the executor, with its dry run, plan, question and journal")
  func tags() throws {
    let box = try box(["a", "b"])
    try box.addTags()
    let dry = try box.sandbox.snapsh("-n", "-o", "json", "-c", "ls | tags.set --tag gold")
    #expect(dry.code == 0, "\(dry.errors)")
    #expect(dry.output.contains("a → a #gold"))
    #expect(try names(box) == ["a", "b"])
    try box.sandbox.write("ls | tags.set --tag gold", to: "tag.snap")
    let plan = try box.sandbox.snapsh("plan", "tag.snap")
    #expect(plan.errors.contains("2 operations on 1 slice: 2 rename"), "\(plan.errors)")
    #expect(try box.sandbox.snapsh("tag.snap").code == 0)
    #expect(try names(box) == ["a #gold", "b #gold"])
    let runs = try box.sandbox.snapsh("-o", "json", "-c", "runs | first")
    #expect(runs.output.contains("tag.snap"), "\(runs.output)")
    #expect(try box.sandbox.snapsh("-c", "tags.remove 14001 -t gold").code == 0)
    let with = try box.sandbox.snapsh("-c", "ls | tags.with gold | get name")
    #expect(with.output == "b #gold\n", "\(with.errors)")
    #expect(try box.sandbox.snapsh("-c", "tags.list | get tag").output == "gold\n")
    let bad = try box.sandbox.snapsh("-c", "ls | tags.set --tag 'a b'")
    #expect(bad.errors.contains("'a b' can't be a tag"), "\(bad.errors)")
    #expect(bad.errors.contains("^^^"))
    let piped = try box.sandbox.snapsh("--yes", "-c", "ls | tags.with gold | rm")
    #expect(piped.code == 0, "\(piped.errors)")
    #expect(try names(box) == ["a"])
  }

  @Test("csvdiff: a stream in, a stream out")
  func csvdiff() throws {
    let box = try box(["a", "b"])
    try box.add(example: "csvdiff")
    let code = """
      ls | to csv | save old.csv
      ls | csvdiff.against old.csv
      rename a c --wait
      create web-01 d --wait
      rm b --wait
      ls | csvdiff.against old.csv | sort-by change | to jsonl
      """
    let result = try box.sandbox.snapsh("--yes", "-q", "-c", code)
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.output == """
        {"change":"added","key":"14003","columns":[]}
        {"change":"changed","key":"14001","columns":["name"]}
        {"change":"removed","key":"14002","columns":[]}

        """, "\(result.output)")
    let missing = try box.sandbox.snapsh("-c", "ls | csvdiff.against nothing.csv")
    #expect(missing.errors.contains("nothing.csv': No such file"), "\(missing.errors)")
  }

  @Test("Each example in Python has the same side of the protocol, which 'plugin new' writes")
  func library() throws {
    let sandbox = try Sandbox()
    #expect(try sandbox.snapsh("plugin", "new", "x", "--kind", "protocol").code == 0)
    let written = try String(
      contentsOfFile: "\(sandbox.folder)/x/x/snapsh_plugin.py", encoding: .utf8)
    for name in ["html", "csvdiff"] {
      let copy = try String(
        contentsOfFile: "\(PluginBox.examples)/\(name)/snapsh_plugin.py", encoding: .utf8)
      #expect(copy == written)
    }
  }
}
