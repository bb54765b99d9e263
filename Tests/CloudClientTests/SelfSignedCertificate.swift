import NIOSSL

/// A server's TLS with a certificate for localhost and 127.0.0.1 that nobody vouches for, valid
/// until 2126; made with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1`.
func selfSignedTLS() throws -> NIOSSLContext {
  let certificate = try NIOSSLCertificate(bytes: Array(certificatePEM.utf8), format: .pem)
  let key = try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)
  return try NIOSSLContext(
    configuration: .makeServerConfiguration(
      certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
}

private let certificatePEM = """
  -----BEGIN CERTIFICATE-----
  MIIBmzCCAUGgAwIBAgIUAco2L3gbHAmZJV5TE2a01YcLnZYwCgYIKoZIzj0EAwIw
  FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzExNTc0MloYDzIxMjYxMDMw
  MTE1NzQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
  PQMBBwNCAATvYtcS23lnbDKKlGqdxKjuS/Yt1vC8qHeg+I+uCOLtI80wsj19OEwE
  UG3NeN+nda8Mtw1qXPYypXlYjjgLaFvoo28wbTAdBgNVHQ4EFgQUmNy2/WTs8Ea5
  SOVnaXxrL/IL0hIwHwYDVR0jBBgwFoAUmNy2/WTs8Ea5SOVnaXxrL/IL0hIwDwYD
  VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
  zj0EAwIDSAAwRQIgSvJiyTHpUco/8fYUts6WDC2hR0ZQdj3jSn1caP5GNDcCIQC0
  lLvbTgDQDSn4kPCyiDmJDftSmmXlxmZy4uRalU5UVg==
  -----END CERTIFICATE-----
  """

private let keyPEM = """
  -----BEGIN PRIVATE KEY-----
  MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkORieKerdqHJDfIR
  NZ/UHIOaogros93wt+xytQlPER2hRANCAATvYtcS23lnbDKKlGqdxKjuS/Yt1vC8
  qHeg+I+uCOLtI80wsj19OEwEUG3NeN+nda8Mtw1qXPYypXlYjjgLaFvo
  -----END PRIVATE KEY-----
  """
