internal import Digest
internal import HTTP
internal import S3
internal import Vocabulary

/// What an object's metadata says of the file that its key was made for, where the file alone does not tell the key: by it a run whose state is
/// lost gives the file the same key again.
///
/// Metadata is public, so it holds a digest of the file's path and not the path.
struct NameMark: Sendable, Hashable {
    /// The metadata's name, without `x-amz-meta-`.
    static let name = "galleria-name"

    /// 32 hexadecimal digits of the SHA-256 of the file's path below the source.
    let path: String
    /// When the file was first seen, in microseconds since 1970.
    let seen: Int64
    /// Its number; nil where keys have none.
    let index: Int?

    init(path: Key, seen: Int64, index: Int?) {
        self.path = Self.digest(of: path)
        self.seen = seen
        self.index = index
    }

    /// Reads `DIGEST-MICROSECONDS[-NUMBER]`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard 2...3 ~= parts.count, parts[0].utf8.count == 32, let seen = Int64(parts[1]), seen >= 0 else { return nil }
        path = String(parts[0])
        self.seen = seen
        guard parts.count == 3 else {
            index = nil
            return
        }
        guard let number = Int(parts[2]), number >= 0 else { return nil }
        index = number
    }

    /// The mark as the metadata has it.
    var text: String { "\(path)-\(seen)" + (index.map { "-\($0)" } ?? "") }

    /// What stands for a path.
    static func digest(of path: Key) -> String { String(SHA256.digest(of: path.bytes).hex.prefix(32)) }

    /// The header field that marks a file's object.
    static func headers(of file: LocalFile) -> [HTTPHeader] { file.mark.map { [HTTPHeader(HeaderSet.metadataPrefix + name, $0)] } ?? [] }
}

/// Finds in the bucket what a lost state knew of names: one HEAD for each object that the layout could have made and the state does not know.
struct NameRecovery {
    let store: S3Client
    let prefix: Prefix
    let disk: DiskExecutor

    /// What was found.
    struct Found {
        /// The marks by the digests of paths.
        var marks: [String: NameMark] = [:]
        /// Keys below the prefix that are taken.
        var keys: Set<Key> = []
    }

    /// Lists what lies below `opening` and asks for the marks of what `isWanted`.
    func run(below opening: String, isWanted: (Key) -> Bool) async throws(S3Error) -> Found {
        var found = Found()
        var wanted: [Key] = []
        // Up to the last slash: a prefix is a folder.
        let folder = opening.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(opening[...$0]) } ?? ""
        var listing = RemoteListing(of: store, below: Prefix(prefix.string + folder))
        while let object = try await listing.nextObject() {
            guard let path = prefix.relative(object.key) else { continue }
            found.keys.insert(path)
            if isWanted(path) { wanted.append(path) }
        }
        var fault: S3Error?
        _ = await runBounded(
            wanted, limit: PoolLimit(count: { [store] in store.requestLimit + 1 }, weight: .max), weight: { _ in 0 }, on: disk,
            isOpen: { fault == nil }
        ) { [store, prefix] path in
            await Self.mark(of: prefix.key(for: path), in: store)
        } each: { answer in
            switch answer {
            case .success(let mark?): found.marks[mark.path] = mark
            case .success(nil): break
            case .failure(let error): fault = fault ?? error
            }
        }
        if let fault { throw fault }
        return found
    }

    private static func mark(of key: Key, in store: S3Client) async -> Result<NameMark?, S3Error> {
        do throws(S3Error) {
            return .success(try await store.head(key).metadata[NameMark.name].flatMap { NameMark($0) })
        } catch {
            return error.isNotFound ? .success(nil) : .failure(error)
        }
    }
}
