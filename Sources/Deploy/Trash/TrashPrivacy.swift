internal import Digest
internal import HTTP
internal import S3
internal import Vocabulary

/// Finds out whether what lies in the trash could be read by anybody: by trying, with an object of its own.
struct TrashPrivacy {
    let trash: Trash
    let addresses: [VisitorAddress]

    /// The address at which anybody reads it; nil where nobody without credentials does.
    func publicAddress(token: String) async throws(S3Error) -> String? {
        let (store, place) = (trash.store, trash.place)
        let key = place.prefix.key(for: Key("probe-\(token)"))
        let bytes = Array("Written by galleria-deploy to find out whether anybody can read it; it may be deleted.\n".utf8)
        _ = try await store.put(
            key, body: PutBody(bytes, sha256: SHA256.digest(of: bytes)), headers: [HTTPHeader("Content-Type", "text/plain")])
        var found: String?
        for url in urls(of: key) where found == nil {
            // A redirect may lead to it; what else is answered is no content.
            if let answer = try? await store.visit(HTTPRequest(method: .get, url: url)), answer.status == 200, answer.body == bytes {
                found = url
            }
        }
        try await store.deleteObject(key)
        return found
    }

    private func urls(of key: Key) -> [String] {
        let (store, prefix) = (trash.store, trash.prefix)
        let own = VisitorAddress(endpoint: store.endpoint, bucket: store.bucket, prefix: Prefix("")).map { $0.url(of: key) }
        let named = prefix.relative(key).map { path in addresses.map { $0.url(of: path) } } ?? []
        return [own].compactMap { $0 } + named
    }
}
