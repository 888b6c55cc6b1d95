/// A content delivery network in front of the bucket, and how it is told what to fetch anew.
public protocol ContentNetwork: Sendable {
    /// How it is called in messages.
    var name: String { get }

    /// What is sent for `entries`, in words for a dry run: paths, addresses, one a line.
    func lines(_ entries: [PurgeEntry]) -> [String]

    /// Has it fetch `entries` anew. What was sent before a fault stays sent; purging again does no harm.
    func purge(_ entries: [PurgeEntry]) async throws(CDNError)
}
