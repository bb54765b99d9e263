import Crypto

/// Fingerprints of texts.
package enum Digest {
  /// `sha256:` and 64 hexadecimal digits.
  package static func sha256(_ text: String) -> String {
    let digits = SHA256.hash(data: Array(text.utf8)).map { byte in
      let hex = String(byte, radix: 16)
      return byte < 16 ? "0" + hex : hex
    }
    return "sha256:" + digits.joined()
  }
}
