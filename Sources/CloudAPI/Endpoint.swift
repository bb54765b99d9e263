package import HTTPTypes
package import OrderedJSON

/// One of the six calls of the Syminet snapshot API, with its arguments.
///
/// Section names in quotes are those of the API's documentation.
package enum Endpoint: Sendable, Hashable {
  /// "Create a Snapshot": 202.
  case create(SliceID, name: String)
  /// "List All Snapshots": a page of `Page`.
  case list(query: String?, page: Int?)
  /// "List Snapshots for a Slice": all of them, without pages.
  case listSlice(SliceID)
  /// "Restore a Slice from Snapshot": 202; replaces all data of the slice.
  case restore(SnapshotID, onto: SliceID)
  /// "Rename a Snapshot": 202.
  case rename(SnapshotID, name: String)
  /// "Delete a Snapshot": 202.
  case delete(SnapshotID)
}

extension Endpoint {
  /// The part of every path that stands before the calls' own.
  package static let basePath = "/api/v1"

  /// The longest name of a snapshot, in characters.
  package static let longestName = 255

  package var method: HTTPRequest.Method {
    switch self {
    case .list, .listSlice: .get
    case .create, .restore, .rename: .post
    case .delete: .delete
    }
  }

  package var isMutation: Bool { method != .get }

  /// The path below the base URL, beginning with a slash.
  package var path: String {
    switch self {
    case .create(let slice, _): "/images/snapshots/\(slice)/create"
    case .list: "/images"
    case .listSlice(let slice): "/images/snapshots/\(slice)"
    case .restore(let snapshot, let slice): "/images/snapshots/\(snapshot)/restore/\(slice)"
    case .rename(let snapshot, _): "/images/snapshots/\(snapshot)/rename"
    case .delete(let snapshot): "/images/snapshots/\(snapshot)/delete"
    }
  }

  /// The query parameters in the order of the documentation; values are not percent-encoded.
  package var query: [(name: String, value: String)] {
    guard case .list(let query, let page) = self else { return [] }
    var items: [(name: String, value: String)] = []
    if let query { items.append(("query", query)) }
    if let page { items.append(("page", String(page))) }
    return items
  }

  /// The JSON body of the calls that have one.
  package var body: JSON? {
    switch self {
    case .create(_, let name), .rename(_, let name): ["snapshot_name": .string(name)]
    case .list, .listSlice, .restore, .delete: nil
    }
  }

  /// The path with its percent-encoded query, below the base URL.
  package var target: String {
    let items = query.map { "\($0.name)=\(Self.percentEncoded($0.value))" }
    return items.isEmpty ? path : path + "?" + items.joined(separator: "&")
  }

  /// `text` with all but the unreserved characters of RFC 3986, section 2.3, percent-encoded.
  private static func percentEncoded(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        out += hex.count == 1 ? "%0" + hex : "%" + hex
      }
    }
    return out
  }
}
