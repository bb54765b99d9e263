package import SnapLanguage

/// `date`: the time.
package struct Date: Callable {
  package let signature = Signature(
    "date", group: .shell, about: "Show the time, in UTC", effect: .read,
    examples: [Signature.Example("date", "now")])

  package func run(_ call: Call) throws -> Outcome { .value(.datetime(Clock.microseconds())) }
}
