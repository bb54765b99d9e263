/// Where a store on Ceph is: `ceph://POOL`, and how to get there.
package struct CephAddress: Sendable, Hashable {
  package let pool: String
  /// Nil is what librados looks for: CEPH_CONF, /etc/ceph/ceph.conf and ~/.ceph.
  package let configuration: String?
  /// Without `client.`.
  package let user: String

  /// Throws `CephError.badAddress`.
  package init(
    _ text: String, configuration: String? = nil, user: String? = nil
  ) throws(CephError) {
    let scheme = "ceph://"
    let pool = text.dropFirst(scheme.count)
    guard text.hasPrefix(scheme), !pool.isEmpty, !pool.contains("/") else {
      throw .badAddress(text)
    }
    self.pool = String(pool)
    self.configuration = configuration
    let name = user ?? "admin"
    self.user = name.hasPrefix("client.") ? String(name.dropFirst("client.".count)) : name
  }
}
