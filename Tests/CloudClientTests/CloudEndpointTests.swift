import CloudClient
import Testing

@Suite struct CloudEndpointTests {
  @Test(arguments: [
    ("https://cloud.syminet.com/api/v1", "https://cloud.syminet.com/api/v1"),
    ("HTTPS://Cloud.Example.com:443/api/v1/", "https://cloud.example.com/api/v1"),
    ("https://example.com:8443/proxy/api/v1", "https://example.com:8443/proxy/api/v1"),
    ("https://[2001:db8::1]/api/v1", "https://[2001:db8::1]/api/v1"),
    ("http://127.0.0.1:8080/api/v1", "http://127.0.0.1:8080/api/v1"),
    ("http://127.255.3.4/api/v1", "http://127.255.3.4/api/v1"),
    ("http://[::1]:8080/api/v1", "http://[::1]:8080/api/v1"),
    ("http://LOCALHOST/api/v1", "http://localhost/api/v1"),
  ])
  func `an endpoint is https or loopback`(_ text: String, _ expected: String) throws {
    #expect(try CloudEndpoint(text).description == expected)
  }

  @Test(
    arguments: [
      ("http://cloud.syminet.com/api/v1", .plainHTTP(host: "cloud.syminet.com")),
      ("http://127.0.0.1.example.com/api/v1", .plainHTTP(host: "127.0.0.1.example.com")),
      ("http://128.0.0.1/api/v1", .plainHTTP(host: "128.0.0.1")),
      ("http://127.1/api/v1", .plainHTTP(host: "127.1")),
      ("http://127.0.0.256/api/v1", .plainHTTP(host: "127.0.0.256")),
      ("http://127.0.0.01/api/v1", .plainHTTP(host: "127.0.0.01")),
      ("http://[::2]/api/v1", .plainHTTP(host: "[::2]")),
      ("http://localhost.example.com/api/v1", .plainHTTP(host: "localhost.example.com")),
      ("http://127.0.0.1\\@example.com/api/v1", .path("\\@example.com/api/v1")),
      ("http://127.0.0.1@example.com/api/v1", .userInfo),
      ("https://user:hunter2@example.com/api/v1", .userInfo),
      ("ftp://example.com/api/v1", .scheme("ftp")),
      ("example.com/api/v1", .notAURL),
      ("https://exa mple.com/api/v1", .notAURL),
      ("https://example.com/api/v1\r\nx: y", .notAURL),
      ("", .notAURL),
      ("https:///api/v1", .host("")),
      ("https://exa%6dple.com/api/v1", .host("exa%6dple.com")),
      ("https://[::1/api/v1", .host("[::1")),
      ("https://example.com:/api/v1", .port("")),
      ("https://example.com:70000/api/v1", .port("70000")),
      ("https://example.com:+1/api/v1", .port("+1")),
      ("https://[::1]x/api/v1", .port("")),
      ("https://example.com/api/v1?token=x", .query),
      ("https://example.com/api/v1#x", .query),
      ("https://example.com", .path("")),
      ("https://example.com/api/v2", .path("/api/v2")),
      ("https://example.com/a/../api/v1", .path("/a/../api/v1")),
      ("https://example.com//api/v1", .path("//api/v1")),
    ] as [(String, CloudEndpoint.Problem)])
  func `any other endpoint is refused with its reason`(
    _ text: String, _ problem: CloudEndpoint.Problem
  ) {
    let error = #expect(throws: CloudError.self) { try CloudEndpoint(text) }
    #expect(error?.kind == .endpoint(problem))
    #expect(error?.help != nil)
    #expect(error?.description.contains("hunter2") != true)
  }
}
