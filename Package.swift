// swift-tools-version: 6.2
import PackageDescription

// The targets below are the layers of the program, leaves first; docs/architecture.md draws them.
// `scripts/test` builds with `--explicit-target-dependency-import-check error`, so a target can
// import only what its line here names.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func fixture(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "snapsh",
  products: [
    .executable(name: "snapsh", targets: ["snapsh"]),
    .library(name: "SnapshPlugin", targets: ["SnapshPlugin"]),
    .library(name: "KillPoints", type: .dynamic, targets: ["KillPoints"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    layer("OrderedJSON"),
    layer("SnapshPlugin", ["OrderedJSON"]),
    layer("SnapLanguage"),
    layer("Retention", ["SnapLanguage"]),
    layer("CloudAPI", ["OrderedJSON", httpTypes]),
    layer(
      "CloudClient",
      [
        "CloudAPI", "OrderedJSON", asyncHTTPClient, httpTypes, nioCore, nioHTTP1, nioPosix, nioSSL,
      ]),
    layer("SnapOutput", ["OrderedJSON", "SnapLanguage", yams]),
    layer("SnapRun", ["CloudAPI", "CloudClient", "OrderedJSON", crypto, grdb]),
    layer(
      "SnapCommands",
      [
        "CloudAPI", "CloudClient", "Retention", "SnapLanguage", "SnapOutput", "SnapRun", subprocess,
        systemPackage,
      ]),
    .systemLibrary(name: "CMalloc"),
    .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
    layer("LineEditing", ["CEditline"]),
    .target(name: "CFileSystem"),
    layer(
      "LocalCloud",
      [
        "CFileSystem", "CloudAPI", "OrderedJSON", grdb, httpTypes, hummingbird, logging, nioCore,
        nioPosix, serviceLifecycle,
      ]),
    .target(name: "CCeph"),
    layer("CephStore", ["CCeph", "CloudAPI", "LocalCloud", "OrderedJSON"]),
    layer("SnapCompletion", ["SnapLanguage"]),
    layer("LanguageServer", ["OrderedJSON", "SnapCompletion", "SnapLanguage"]),
    layer(
      "SnapPlugins",
      [
        "OrderedJSON", "SnapCommands", "SnapLanguage", "SnapOutput", crypto, subprocess,
        systemPackage,
      ]),
    layer(
      "SnapShell",
      [
        "CEditline", "CephStore", "CloudAPI", "CloudClient", "LanguageServer", "LineEditing",
        "LocalCloud",
        "OrderedJSON", "Retention", "SnapCommands", "SnapCompletion", "SnapLanguage", "SnapOutput",
        "SnapPlugins", "SnapRun", subprocess, systemPackage, tomlKit,
      ]),
    .executableTarget(
      name: "snapsh", dependencies: ["CMalloc", "SnapShell"], swiftSettings: settings),

    // What tests drive from outside.
    .target(
      name: "TerminalKit", dependencies: ["CEditline"], path: "Tests/TerminalKit",
      swiftSettings: settings),
    .target(
      name: "ServerKit",
      dependencies: ["CloudAPI", "CloudClient", "OrderedJSON", nioCore, nioPosix, nioSSL],
      path: "Tests/ServerKit", swiftSettings: settings),
    .target(name: "KillPoints", path: "Tests/KillPoints"),
    .target(
      name: "RunSimulation",
      dependencies: [
        "CloudAPI", "CloudClient", "OrderedJSON", "ServerKit", "SnapRun", grdb, nioHTTP1,
      ],
      path: "Tests/RunSimulation", swiftSettings: settings),
    .executableTarget(
      name: "tags", dependencies: ["SnapshPlugin"], path: "docs/examples/plugins/tags/Sources",
      swiftSettings: settings),
    fixture("CompletionFixture", ["SnapCompletion", "SnapLanguage"]),
    fixture("LineEditingFixture", ["LineEditing"]),
    fixture("LocalCloudFixture", ["CephStore", "CloudAPI", "LocalCloud", "OrderedJSON"]),
    fixture("SimulationFixture", ["RunSimulation"]),

    tests(
      "CloudClientTests",
      [
        "CloudAPI", "CloudClient", "OrderedJSON", "ServerKit", nioCore, nioEmbedded, nioHTTP1,
        nioPosix, nioSSL,
      ]),
    tests("LanguageServerTests", ["LanguageServer", "OrderedJSON", "SnapLanguage"]),
    tests("LineEditingTests", ["LineEditing", "LineEditingFixture", "TerminalKit"]),
    tests(
      "LocalCloudTests",
      [
        "CephStore", "CloudAPI", "LocalCloud", "LocalCloudFixture", "OrderedJSON", logging,
        subprocess,
      ]),
    tests("OrderedJSONTests", ["OrderedJSON"]),
    tests("RetentionTests", ["Retention", "SnapLanguage"], exclude: ["Vectors", "Zones"]),
    tests("SnapCommandsTests", ["SnapCommands", "SnapLanguage", "SnapOutput"]),
    tests("SnapCompletionTests", ["SnapCompletion", "SnapLanguage"]),
    tests("SnapLanguageTests", ["SnapLanguage"]),
    tests("SnapOutputTests", ["SnapLanguage", "SnapOutput"]),
    tests(
      "SnapRunTests",
      ["CloudAPI", "CloudClient", "OrderedJSON", "RunSimulation", "ServerKit", "SnapRun"]),
    tests(
      "SnapShellTests",
      ["SnapCommands", "SnapLanguage", "SnapOutput", "SnapRun", "SnapShell", "TerminalKit"]),
    tests(
      "SnapshTests",
      [
        "CloudAPI", "KillPoints", "OrderedJSON", "ServerKit", "TerminalKit", "snapsh", "tags",
        nioCore,
        nioHTTP1, nioPosix,
      ],
      exclude: ["Transcripts"]),
  ]
)
