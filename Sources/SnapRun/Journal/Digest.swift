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

  /// A number from 0 to 2⁶² - 1 that hardly two texts share.
  package static func number(_ text: String) -> Int {
    SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(0) { ($0 << 8 | Int($1)) & (1 << 62 - 1) }
  }
}
