internal import Digest
internal import HTTP
internal import Planning
internal import Synchronization
internal import Vocabulary

/// The headers that files are deployed with, and the digests by which the local state remembers them.
final class DeployedHeaders: Sendable {
    private let rules: HeaderRules
    private let digests = Mutex<[HeaderRules.Kind: SHA256]>([:])

    /// True where the store is to encrypt what it keeps.
    let asksForEncryption: Bool

    init(_ rules: HeaderRules) {
        self.rules = rules
        asksForEncryption = rules.above.fields.contains { $0.name.hasPrefix(HeaderSet.encryptionPrefix) }
    }

    /// The headers of a file.
    func headers(for path: Key) -> HeaderSet { rules.headers(for: path) }

    /// The digest of a file's headers; made once for all files of a kind.
    func digest(for path: Key) -> SHA256 {
        let kind = rules.kind(of: path)
        if let known = digests.withLock({ $0[kind] }) { return known }
        let digest = SHA256.digest(of: rules.headers(of: kind).canonicalBytes)
        digests.withLock { $0[kind] = digest }
        return digest
    }
}

extension HeaderSet {
    /// The fields as a request takes them.
    var httpHeaders: [HTTPHeader] { fields.map { HTTPHeader($0.name, $0.value) } }
}
