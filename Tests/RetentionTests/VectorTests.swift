import Foundation
import Retention
import SnapLanguage
import Testing

/// What restic 0.19.1 keeps of snapshots with the same times, and its words for why.
struct VectorTests {
  struct Vector: Decodable, CustomTestStringConvertible {
    let description: String
    let zone: String
    let policy: [String: String]
    let snapshots: [String: String]
    let kept: [String: [String]]
    var testDescription: String { description }
  }

  static let all: [Vector] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).sorted { $0.path < $1.path }.compactMap { file in
      try? JSONDecoder().decode(Vector.self, from: Data(contentsOf: file))
    }
  }()

  @Test("The same snapshots are kept as by restic, for the same reasons", arguments: all)
  func keepsTheSame(_ vector: Vector) throws {
    let entries = try vector.snapshots.map { name, time in
      Entry(
        id: try #require(Int(name.dropFirst())), created: Timestamp.parse(time))
    }
    let verdicts = try Policy(vector.policy).judge(
      entries, in: try Zones.named(vector.zone), now: .max)
    var kept: [Int: [String]] = [:]
    for verdict in verdicts where verdict.action == .keep {
      kept[verdict.entry.id] = verdict.reasons.map(\.text)
    }
    let expected = try vector.kept.map { name, reasons in
      (try #require(Int(name.dropFirst())), reasons)
    }
    #expect(kept == Dictionary(uniqueKeysWithValues: expected))
  }

  @Test("All vectors are read")
  func allAreRead() { #expect(Self.all.count == 29) }
}
