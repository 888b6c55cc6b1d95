internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// A plan as it is kept in a file: exactly what would be sent, replaced and deleted, so that a later run can do that and nothing else.
public struct SavedPlan: Codable, Sendable, Hashable {
    /// An object as the listing shows it.
    public struct Object: Codable, Sendable, Hashable {
        /// Its entity tag; nil where the store tells none.
        public let etag: String?
        /// Its size in bytes.
        public let size: Int64
    }

    /// A file that is sent, or copied on the server.
    public struct Upload: Codable, Sendable, Hashable {
        /// Its path below the source.
        public let path: String
        /// The object's whole key.
        public let key: String
        /// Why, in a word.
        public let reason: String
        /// The size of what is deployed, in bytes.
        public let size: Int64
        /// SHA-256 of what is deployed, in hexadecimal.
        public let sha256: String
        /// The digest of the headers that it is deployed with, in hexadecimal.
        public let headers: String
        /// The object that it replaces; nil where there is none.
        public let replaces: Object?
    }

    /// An object that gets other headers.
    public struct HeaderUpdate: Codable, Sendable, Hashable {
        /// The file's path below the source.
        public let path: String
        /// The object's whole key.
        public let key: String
        /// The object as it is.
        public let object: Object
        /// SHA-256 of its content, in hexadecimal.
        public let sha256: String
        /// The digest of the headers that it gets, in hexadecimal.
        public let headers: String
    }

    /// An object that is deleted.
    public struct Deletion: Codable, Sendable, Hashable {
        /// Its whole key.
        public let key: String
        /// The object as it is.
        public let object: Object
    }

    /// What is sent, in key order.
    public let uploads: [Upload]
    /// Which headers are replaced, in key order.
    public let headerUpdates: [HeaderUpdate]
    /// What is deleted, in key order.
    public let deletions: [Deletion]

    /// How many actions there are.
    public var count: Int { uploads.count + headerUpdates.count + deletions.count }

    /// What differs between this plan and the one that would be made now, a line for each path or key, in order; empty where nothing does. Why a file is sent does not
    /// count: only what is done, to what.
    public func differences(from now: SavedPlan) -> [String] {
        var lines: [(name: String, line: String)] = []
        func compare<Action>(
            _ before: [Action], _ now: [Action], _ name: (Action) -> String, _ what: String, same: (Action, Action) -> Bool
        ) {
            let (old, new) = (
                Dictionary(before.map { (name($0), $0) }) { first, _ in first },
                Dictionary(now.map { (name($0), $0) }) { first, _ in first }
            )
            for (name, action) in old {
                guard let other = new[name] else {
                    lines.append((name, "\(name.escapedForTerminal): is not to be \(what) any more"))
                    continue
                }
                if !same(action, other) { lines.append((name, "\(name.escapedForTerminal): is to be \(what), but is not what it was")) }
            }
            for name in new.keys where old[name] == nil { lines.append((name, "\(name.escapedForTerminal): would now be \(what), too")) }
        }
        compare(uploads, now.uploads, \.key, "sent") {
            $0.sha256 == $1.sha256 && $0.size == $1.size && $0.headers == $1.headers && $0.replaces == $1.replaces
        }
        compare(headerUpdates, now.headerUpdates, \.key, "given other headers", same: ==)
        compare(deletions, now.deletions, \.key, "deleted", same: ==)
        return lines.sorted { ($0.name, $0.line) < ($1.name, $1.line) }.map(\.line)
    }
}

extension SavedPlan {
    /// A plan whose uploads were all hashed; those without a reading failed and are left out.
    init(_ surveyed: Surveyed, prefix: Prefix, headers: DeployedHeaders) {
        uploads = surveyed.plan.uploads.compactMap { upload in
            guard let fingerprint = surveyed.readings[upload.file.path]?.fingerprint else { return nil }
            return Upload(
                path: upload.file.sourcePath.string, key: prefix.key(for: upload.file.path).string, reason: upload.reason.rawValue,
                size: fingerprint.size, sha256: fingerprint.sha256.hex,
                headers: headers.digest(for: upload.file, size: fingerprint.size).hex,
                replaces: upload.replacedSize.map { Object(etag: upload.replacedETag?.description, size: $0) })
        }
        headerUpdates = surveyed.plan.headerUpdates.map { update in
            HeaderUpdate(
                path: update.file.sourcePath.string, key: update.object.key.string, object: Object(update.object),
                sha256: update.sha256.hex, headers: headers.digest(for: update.file, size: update.object.size).hex)
        }
        deletions = surveyed.plan.deletions.map { Deletion(key: $0.key.string, object: Object($0)) }
    }
}

extension SavedPlan.Object {
    fileprivate init(_ object: RemoteObject) { self.init(etag: object.etag?.description, size: object.size) }
}
