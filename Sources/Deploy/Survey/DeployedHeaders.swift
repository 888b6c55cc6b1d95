internal import Digest
internal import HTTP
internal import Planning
internal import Source
internal import Synchronization
internal import Vocabulary

/// The headers that files are deployed with, and the digests by which the local state remembers them.
final class DeployedHeaders: Sendable {
    let rules: HeaderRules
    private let folder: SourceFolder?
    private let kinds = Mutex(Kinds())

    /// What all files of a kind share: made once for them.
    struct Deployed: Sendable {
        /// The headers.
        let set: HeaderSet
        /// The same as a request takes them.
        let fields: [HTTPHeader]
        /// The digest by which the local state remembers them.
        let digest: SHA256
    }

    private struct Kinds {
        var all: [HeaderRules.Kind: Deployed] = [:]
        /// Neighbours are of one kind nearly always.
        var last: (kind: HeaderRules.Kind, deployed: Deployed)?
    }

    /// True where the store is to encrypt what it keeps.
    let asksForEncryption: Bool

    /// Headers by `rules`; the type of a file whose name has no extension is told by its first bytes, read from `folder`.
    init(_ rules: HeaderRules, in folder: SourceFolder? = nil) {
        self.rules = rules
        self.folder = folder
        asksForEncryption = rules.above.fields.contains { $0.name.hasPrefix(HeaderSet.encryptionPrefix) }
    }

    /// The headers of a file with their digest. Who needs both asks once: a name without an extension costs a look into the file.
    /// - Parameter size: The size of the object that it is deployed as. Where a file is coded at all, its object is smaller.
    func deployed(_ file: LocalFile, size: Int64) -> Deployed {
        let kind = kind(of: file, size)
        return kinds.withLock { kinds in
            if let last = kinds.last, last.kind == kind { return last.deployed }
            let deployed = kinds.all[kind] ?? Deployed(rules.headers(of: kind))
            kinds.all[kind] = deployed
            kinds.last = (kind, deployed)
            return deployed
        }
    }

    /// The headers of a file.
    func headers(for file: LocalFile, size: Int64) -> HeaderSet { deployed(file, size: size).set }

    /// The digest of a file's headers.
    func digest(for file: LocalFile, size: Int64) -> SHA256 { deployed(file, size: size).digest }

    private func kind(of file: LocalFile, _ size: Int64) -> HeaderRules.Kind {
        let path = file.headerPath
        let coding = rules.mayCode && size < file.status.size ? rules.coding(of: path) : nil
        return rules.kind(of: path, contentType: path.pathExtension.isEmpty ? sniffed(path) : nil, coding: coding)
    }

    /// A file that cannot be read now will be told of where it is deployed.
    private func sniffed(_ path: Key) -> String? {
        guard let folder, let file = try? OpenedFile(path, in: folder),
            let head = try? file.bytes(0..<Int64(ContentType.sniffedCount))
        else { return nil }
        return ContentType.sniffed(head)
    }
}

extension DeployedHeaders.Deployed {
    fileprivate init(_ set: HeaderSet) {
        self.init(set: set, fields: set.httpHeaders, digest: SHA256.digest(of: set.canonicalBytes))
    }
}

extension HeaderSet {
    /// The fields as a request takes them.
    var httpHeaders: [HTTPHeader] { fields.map { HTTPHeader($0.name, $0.value) } }
}
