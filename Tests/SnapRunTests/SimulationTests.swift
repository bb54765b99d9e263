import RunSimulation
import Testing

/// Runs with 6 % faults and a death at 1 % of the steps; `SimulationFixture` does many more.
@Suite struct SimulationTests {
  @Test func `whatever fails, no restore is repeated, and nothing false is said`() async throws {
    let figures = try await SimulatedRuns.figures(operations: 1200, from: 1, jobs: 2)
    #expect(figures.problems == [])
    #expect(figures.faults > 100 && figures.kills > 100 && figures.unknown > 0)
  }
}
