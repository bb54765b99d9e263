/// The files of `plugin new`, with `NAME` for the plugin's name.
enum SkeletonTexts {
  typealias File = PluginSkeleton.File

  private static func test(
    _ install: String, _ call: String, _ expected: String, before: String = ""
  ) -> File {
    File(
      path: "test.sh",
      text: """
        # Tries the plugin in a folder and a home of their own: sh test.sh
        set -e
        here=$(cd "$(dirname "$0")" && pwd)
        \(before)HOME=$(mktemp -d)
        export HOME
        trap 'rm -rf "$HOME"' EXIT
        unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
        snapsh plugin test "$here/\(install)"
        snapsh --yes plugin add "$here/\(install)"
        given=$(snapsh -c '\(call)')
        test "$given" = '\(expected)' || { echo "expected '\(expected)', got '$given'"; exit 1; }
        echo "NAME works"

        """)
  }

  static let script = [
    File(
      path: "NAME.snap",
      text: """
        # The functions of this file are commands: NAME.oldest, NAME.hello.

        # The oldest snapshot of each slice.
        fn oldest() {
          ls | sort-by vmname created | uniq vmname
        }

        # A greeting.
        fn hello(name: string = "world") {
          "hello, ${name}"
        }

        """),
    test("NAME.snap", "NAME.hello", "hello, world"),
  ]

  static let shellProgram = [
    File(
      path: "snapsh-NAME",
      text: """
        #!/bin/sh
        # snapsh-about: Count the rows that are piped in
        # Rows come to stdin as JSON lines. What is written to stdout is text, or rows when it is JSON
        # lines. Anything but exit code 0 is a failure.
        set -e
        if [ "$1" = hello ]; then
          echo "hello, ${2:-world}"
          exit 0
        fi
        printf '{"rows": %d}\\n' "$(grep -c .)"

        """, isProgram: true),
    test("snapsh-NAME", "NAME hello", "hello, world"),
  ]

  static let pythonProgram = [
    File(
      path: "snapsh-NAME",
      text: """
        #!/usr/bin/env python3
        # snapsh-about: Count the rows that are piped in, by slice
        # Rows come to stdin as JSON lines. What is written to stdout is text, or rows when it is JSON
        # lines. Anything but exit code 0 is a failure.
        import collections, json, sys

        if sys.argv[1:2] == ["hello"]:
            print("hello,", (sys.argv[2:] or ["world"])[0])
            sys.exit()
        counts = collections.Counter(json.loads(line).get("vmname") for line in sys.stdin)
        for slice, count in sorted(counts.items(), key=str):
            print(json.dumps({"vmname": slice, "snapshots": count}))

        """, isProgram: true),
    test("snapsh-NAME", "NAME hello", "hello, world"),
  ]

  private static let manifest = """
    {
      "name": "NAME",
      "version": "0.1.0",
      "about": "Greets",
      "protocol": [1, 1],
      "run": ["./NAME"],
      "permissions": ["api:read"],
      "provides": {
        "commands": [
          {
            "name": "hello",
            "about": "A greeting",
            "params": [
              {"name": "name", "type": "string", "default": "world", "complete": "dynamic"}
            ],
            "examples": ["NAME.hello"]
          },
          {
            "name": "count",
            "about": "Count the rows that are piped in",
            "input": "required",
            "examples": ["ls | NAME.count"]
          }
        ]
      }
    }

    """

  static let python = [
    File(path: "NAME/plugin.json", text: manifest),
    File(
      path: "NAME/NAME",
      text: """
        #!/usr/bin/env python3
        from snapsh_plugin import Plugin

        plugin = Plugin()


        @plugin.command("hello")
        def hello(call):
            return "hello, " + call.args["name"]


        @plugin.command("count")
        def count(call):
            return sum(1 for row in call.rows())


        @plugin.complete("hello", "name")
        def names(prefix, words):
            return [("world", "all of it")]


        plugin.run()

        """, isProgram: true),
    File(path: "NAME/snapsh_plugin.py", text: PythonPlugin.text),
    test("NAME", "NAME.hello", "hello, world"),
  ]

  static let swift = [
    File(path: "NAME/plugin.json", text: manifest),
    File(
      path: "Package.swift",
      text: """
        // swift-tools-version: 6.2
        import PackageDescription

        // The path, or an address with a version, of the package snapsh.
        let snapsh = Context.environment["SNAPSH_PACKAGE"] ?? "../snapsh"

        let package = Package(
          name: "NAME",
          dependencies: [.package(name: "snapsh", path: snapsh)],
          targets: [
            .executableTarget(
              name: "NAME", dependencies: [.product(name: "SnapshPlugin", package: "snapsh")])
          ])

        """),
    File(
      path: "Sources/NAME/main.swift",
      text: """
        import SnapshPlugin

        var plugin = Plugin()

        plugin.command("hello") { call in
          .value(.string("hello, " + (call.arguments["name"]?.string ?? "")))
        }

        plugin.command("count") { call in
          var count = 0
          while let rows = try call.nextRows() { count += rows.count }
          return .value(.int(count))
        }

        plugin.complete("hello", "name") { _, _ in
          [Plugin.Candidate("world", about: "all of it")]
        }

        plugin.run()

        """),
    File(
      path: "build.sh",
      text: """
        # Builds the plugin and puts it beside its manifest: sh build.sh
        set -e
        cd "$(dirname "$0")"
        swift build -c release
        cp .build/release/NAME NAME/NAME

        """),
    test("NAME", "NAME.hello", "hello, world", before: "sh \"$here/build.sh\"\n"),
  ]
}
