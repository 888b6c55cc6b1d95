internal import Planning
internal import S3
internal import Synchronization
internal import Vocabulary

/// What the published manifest tells of headers, for a run without a state: one GET instead of a HEAD for each object.
struct PublishedHeaders: Sendable {
    private struct Told {
        let sha256: SHA256
        let headers: String
    }

    private let told: [Key: Told]

    private init(_ told: [Key: Told]) { self.told = told }

    /// Reads it; nil where there is none, or none that can be read. It is a hint: what it does not tell stays unknown.
    static func read(_ setting: ManifestSetting, below prefix: Prefix, from store: S3Client) async -> PublishedHeaders? {
        let found = Mutex<[Key: Told]>([:])
        do throws(PublishedManifest.Fault) {
            _ = try await PublishedManifest.read(prefix.key(for: setting.path), from: store, begin: { found.withLock { $0 = [:] } }) {
                entry in
                guard let path = prefix.relative(entry.key) else { return }
                found.withLock { $0[path] = Told(sha256: entry.sha256, headers: entry.headers) }
            }
        } catch {
            return nil
        }
        return PublishedHeaders(found.withLock { $0 })
    }

    /// Whether an object that holds these bytes was deployed with headers of this digest; unknown where the manifest speaks of other bytes.
    func knowledge(of path: Key, sha256: SHA256?, wanted: @autoclosure () -> SHA256) -> HeaderKnowledge {
        guard let sha256, let told = told[path], told.sha256 == sha256 else { return .unknown }
        return wanted().hex.hasPrefix(told.headers) && told.headers.utf8.count == ManifestEntry.headerDigits ? .same : .drifted
    }
}
