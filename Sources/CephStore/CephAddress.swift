/// Where a store on Ceph is, `ceph://POOL` or `ceph://POOL/NAMESPACE`, and how to get there.
package struct CephAddress: Sendable, Hashable {
  package let pool: String
  /// Empty for the pool's own; several stores in one pool have one each.
  package let namespace: String
  /// Nil is what librados looks for: CEPH_CONF, /etc/ceph/ceph.conf and ~/.ceph.
  package let configuration: String?
  /// Without `client.`.
  package let user: String

  /// Throws `CephError.badAddress`.
  package init(
    _ text: String, configuration: String? = nil, user: String? = nil
  ) throws(CephError) {
    let scheme = "ceph://"
    let parts = text.dropFirst(scheme.count).split(
      separator: "/", omittingEmptySubsequences: false)
    guard text.hasPrefix(scheme), parts.count <= 2, !parts.contains("") else {
      throw .badAddress(text)
    }
    pool = String(parts[0])
    namespace = parts.count > 1 ? String(parts[1]) : ""
    self.configuration = configuration
    let name = user ?? "admin"
    self.user = name.hasPrefix("client.") ? String(name.dropFirst("client.".count)) : name
  }
}

extension CephAddress: CustomStringConvertible {
  package var description: String { "ceph://" + place }

  /// As `rbd` writes it.
  var place: String { namespace.isEmpty ? pool : "\(pool)/\(namespace)" }
}
