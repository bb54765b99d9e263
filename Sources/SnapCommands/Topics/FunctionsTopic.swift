import SnapLanguage

extension Topic {
  package static let functions = Topic(
    name: "functions", about: "The functions of expressions",
    parts: [
      .terms(
        Functions.all.values.sorted { $0.name < $1.name }.map { ($0.usage, $0.about) })
    ])
}
