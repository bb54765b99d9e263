import Glibc
import RunSimulation

// usage: SimulationFixture OPERATIONS [SEED [JOBS]]
// Simulates runs until they have come to that many operations, and fails when one of them went wrong.
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let figures = try await SimulatedRuns.figures(
  operations: arguments.first ?? 10_000, from: UInt64(arguments.dropFirst().first ?? 1),
  jobs: arguments.dropFirst(2).first ?? 2)
print(figures)
for problem in figures.problems.prefix(20) { print(problem) }
exit(figures.problems.isEmpty ? 0 : 1)
