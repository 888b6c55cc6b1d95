internal import Digest
internal import HTTP
internal import Planning
internal import Source
internal import Synchronization
internal import Vocabulary

/// The headers that files are deployed with, and the digests by which the local state remembers them.
final class DeployedHeaders: Sendable {
    private let rules: HeaderRules
    private let folder: SourceFolder?
    private let digests = Mutex(Digests())

    private struct Digests {
        var all: [HeaderRules.Kind: SHA256] = [:]
        /// Neighbours are of one kind nearly always.
        var last: (kind: HeaderRules.Kind, digest: SHA256)?
    }

    /// True where the store is to encrypt what it keeps.
    let asksForEncryption: Bool

    /// Headers by `rules`; the type of a file whose name has no extension is told by its first bytes, read from `folder`.
    init(_ rules: HeaderRules, in folder: SourceFolder? = nil) {
        self.rules = rules
        self.folder = folder
        asksForEncryption = rules.above.fields.contains { $0.name.hasPrefix(HeaderSet.encryptionPrefix) }
    }

    /// The headers of a file.
    /// - Parameter size: The size of the object that it is deployed as. Where a file is coded at all, its object is smaller.
    func headers(for file: LocalFile, size: Int64) -> HeaderSet { rules.headers(of: kind(of: file, size)) }

    /// The digest of a file's headers; made once for all files of a kind.
    func digest(for file: LocalFile, size: Int64) -> SHA256 {
        let kind = kind(of: file, size)
        return digests.withLock { digests in
            if let last = digests.last, last.kind == kind { return last.digest }
            let digest = digests.all[kind] ?? SHA256.digest(of: rules.headers(of: kind).canonicalBytes)
            digests.all[kind] = digest
            digests.last = (kind, digest)
            return digest
        }
    }

    private func kind(of file: LocalFile, _ size: Int64) -> HeaderRules.Kind {
        let path = file.sourcePath
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

extension HeaderSet {
    /// The fields as a request takes them.
    var httpHeaders: [HTTPHeader] { fields.map { HTTPHeader($0.name, $0.value) } }
}
