internal import Digest
internal import Glibc
internal import Vocabulary

/// Which state database belongs to a deploy: one for each source and destination.
public struct StateLocation: Sendable, Hashable {
    /// The endpoint, such as `https://s3.example.com`.
    public let endpoint: String
    /// The bucket's name.
    public let bucket: String
    /// The folder within the bucket, empty or ending in `/`.
    public let prefix: String
    /// The absolute path of the source, symbolic links resolved.
    public let source: String

    /// Names a place; `source` is resolved where it exists.
    public init(endpoint: String, bucket: String, prefix: String, source: String) {
        self.endpoint = endpoint
        self.bucket = bucket
        self.prefix = prefix
        self.source = Self.realPath(source)
    }

    /// The name of the database's file.
    public var fileName: String { digest.hex + ".sqlite" }

    /// SHA-256 over the four parts, each preceded by its length, so that no two places share it.
    var digest: SHA256 {
        var hasher = SHA256Hasher()
        for part in [endpoint, bucket, prefix, source] {
            let bytes = [UInt8](part.utf8)
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hasher.update($0) }
            bytes.withUnsafeBytes { hasher.update($0) }
        }
        return hasher.finalize()
    }

    /// The folder of all state databases (XDG Base Directory Specification 0.8: a relative path is to be ignored).
    public static func folder(environment: [String: String]) throws(StateError) -> String {
        func absolute(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        if let state = absolute("XDG_STATE_HOME") { return joined(state, "galleria-deploy") }
        if let home = absolute("HOME") { return joined(home, ".local/state/galleria-deploy") }
        throw .noHome
    }

    /// The path of this place's database.
    public func path(environment: [String: String]) throws(StateError) -> String {
        try Self.joined(Self.folder(environment: environment), fileName)
    }

    private static func joined(_ folder: String, _ name: String) -> String { folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)" }

    private static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
