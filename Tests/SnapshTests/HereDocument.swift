/// A here-document in a session that tests run.
enum HereDocument {
  /// The word that ends the here-document that `command` begins; nil when it begins none.
  static func end(of command: some StringProtocol) -> String? {
    String(command).firstMatch(of: /<<'?([A-Z]+)'?/).map { String($0.output.1) }
  }
}
