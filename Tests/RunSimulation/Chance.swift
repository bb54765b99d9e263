/// Numbers that look random and are the same for a seed (SplitMix64).
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// True in that share of all cases.
  mutating func hits(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

  mutating func seconds(upTo most: Double) -> Duration {
    .seconds(Double.random(in: 0...most, using: &self))
  }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }
}
