import Foundation

/// What may differ between two runs of a session, and nothing else.
enum Varying {
  static func isSame(_ line: String, _ other: String) -> Bool { fixed(line) == fixed(other) }

  static func fixed(_ line: String) -> String {
    line
      // The age of a row, in the last column.
      .replacing(/\ \d+ (s|min)$/, with: " AGE")
      .replacing(/\ \d+ mon\b/, with: " AGE")
      // Moments that the cloud noted, which alone have microseconds.
      .replacing(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d{6}/, with: "TIME")
      // How long a snapshot took to make.
      .replacing(/"duration":"\d+s"/, with: "\"duration\":DURATION")
      // How long a request took.
      .replacing(/\ in \d+ ms$/, with: " in MS")
      // The port of the embedded local cloud.
      .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
  }
}
