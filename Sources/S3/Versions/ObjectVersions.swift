internal import HTTP
public import Vocabulary

/// Whether a bucket keeps the versions of its objects (Amazon S3 API Reference, GetBucketVersioning).
public enum VersionKeeping: Sendable, Hashable {
    /// It does.
    case enabled
    /// It did, and keeps those that there are.
    case suspended
    /// It never did, or the store does not know of versions.
    case never
}

/// A version of an object, or the mark of its deletion, as ListObjectVersions answers it.
public struct ObjectVersion: Sendable, Hashable {
    /// The whole key.
    public let key: Key
    /// Its name among the key's versions; `null` for what was written while none were kept.
    public let versionID: String
    /// True for what is there now.
    public let isLatest: Bool
    /// True where the object was deleted.
    public let isDeletion: Bool
    /// When it was written, in milliseconds since 1970 by the server's clock; of most stores whole seconds, cut.
    public let written: Int64
    /// The entity tag; nil for a deletion.
    public let etag: ETag?
    /// The size in bytes; 0 for a deletion.
    public let size: Int64

    /// Creates a version.
    public init(key: Key, versionID: String, isLatest: Bool, isDeletion: Bool, written: Int64, etag: ETag?, size: Int64) {
        self.key = key
        self.versionID = versionID
        self.isLatest = isLatest
        self.isDeletion = isDeletion
        self.written = written
        self.etag = etag
        self.size = size
    }
}

extension S3Client {
    /// Whether the bucket keeps versions, and how many seconds the server's clock is ahead of this one.
    public func versionKeeping() async throws(S3Error) -> (state: VersionKeeping, clockDifference: Int64) {
        let now = parts.clock.now()
        do throws(S3Error) {
            return try await send(Call(operation: .getBucketVersioning, method: .get, query: "versioning=")) {
                response throws(AnswerFault) in
                let root = try XMLElement(answer: response, root: "VersioningConfiguration")
                let difference = response.header("Date").flatMap(HTTPDate.unixSeconds).map { $0 - now } ?? 0
                switch root.text("Status") {
                case "Enabled": return (.enabled, difference)
                case "Suspended": return (.suspended, difference)
                default: return (.never, difference)
                }
            }
        } catch {
            if error.code == .notImplemented || error.code == .methodNotAllowed { return (.never, 0) }
            throw error
        }
    }

    /// All versions below a prefix, in byte order of the keys, of each key the latest first (Amazon S3 API Reference, ListObjectVersions); a page at a
    /// time goes to `each`.
    public func versions(below prefix: Prefix, each: ([ObjectVersion]) throws(S3Error) -> Void) async throws(S3Error) {
        var marker: (key: String, version: String)?
        while true {
            var query = "encoding-type=url"
            if let marker { query += "&key-marker=" + PercentEncoding.query(marker.key) }
            if !prefix.bytes.isEmpty { query += "&prefix=" + PercentEncoding.query(prefix.string) }
            if let marker, !marker.version.isEmpty { query += "&version-id-marker=" + PercentEncoding.query(marker.version) }
            query += "&versions="
            let call = Call(operation: .listObjectVersions, method: .get, query: query, maximumResponseBytes: 16 << 20)
            let (page, next) = try await send(call) { response throws(AnswerFault) in
                try Self.page(of: try XMLElement(answer: response, root: "ListVersionsResult"))
            }
            try each(page)
            guard let next else { return }
            marker = next
        }
    }

    private static func page(
        of root: XMLElement
    ) throws(AnswerFault) -> (versions: [ObjectVersion], next: (key: String, version: String)?) {
        let isEncoded = root.text("EncodingType") == "url"
        func name(_ text: String) -> String { isEncoded ? PercentEncoding.decoded(text) : text }
        var versions: [ObjectVersion] = []
        for entry in root.children where entry.name == "Version" || entry.name == "DeleteMarker" {
            let isDeletion = entry.name == "DeleteMarker"
            guard let key = entry.text("Key"), let id = entry.text("VersionId"), let time = entry.text("LastModified"),
                let written = milliseconds(time), isDeletion || entry.text("Size").flatMap({ Int64($0) }) != nil
            else { throw .unreadable(.content("a version lacks its key, name, time or size")) }
            versions.append(
                ObjectVersion(
                    key: Key(name(key)), versionID: id, isLatest: entry.text("IsLatest") == "true", isDeletion: isDeletion,
                    written: written,
                    etag: entry.text("ETag").map { ETag($0) }, size: entry.text("Size").flatMap { Int64($0) } ?? 0))
        }
        guard root.text("IsTruncated") == "true" else { return (versions, nil) }
        guard let next = root.text("NextKeyMarker") else {
            throw .unreadable(.content("it says that more versions follow, but not how to ask for them (NextKeyMarker)"))
        }
        return (versions, (name(next), root.text("NextVersionIdMarker") ?? ""))
    }

    /// A moment with its first three decimals.
    private static func milliseconds(_ text: String) -> Int64? {
        guard let seconds = Timestamp.unixSeconds(text) else { return nil }
        let digits = text.split(separator: ".").dropFirst().first.map { $0.prefix { $0.isNumber }.prefix(3) } ?? ""
        let fraction = Int64(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
        return seconds * 1000 + fraction
    }

    /// What the server holds of one version (Amazon S3 API Reference, HeadObject).
    public func head(_ key: Key, version: String) async throws(S3Error) -> ObjectHead {
        try await reading(Call(operation: .headObject, method: .head, key: key, query: "versionId=" + PercentEncoding.query(version))) {
            response throws(AnswerFault) in try ObjectHead(response)
        }
    }
}
