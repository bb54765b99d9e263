/// What is wrong with the settings, before anything runs: exit code 2, or 4 for a credential.
package struct SettingError: Error {
  package let message: String
  package let help: String?
  package let isAboutCredential: Bool

  init(_ message: String, help: String? = nil, isAboutCredential: Bool = false) {
    self.message = message
    self.help = help
    self.isAboutCredential = isAboutCredential
  }
}
