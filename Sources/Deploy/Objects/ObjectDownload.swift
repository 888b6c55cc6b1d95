internal import Digest
internal import HTTP
public import S3
internal import Source
public import Vocabulary

/// Writes an object to a file: beside its place first, and renamed once its content is proved. A later run goes on where an earlier one was cut short, if
/// the object is still the same one.
public struct ObjectDownload: Sendable {
    /// What was written.
    public struct Saved: Sendable {
        /// The size of the file in bytes.
        public let size: Int64
        /// SHA-256 of the file.
        public let sha256: SHA256
        /// By what it was proved to be the object's content.
        public let proof: ContentProof
        /// How many bytes an earlier run had written.
        public let resumed: Int64
        /// True where the file was there already, with this content.
        public let wasThere: Bool
    }

    private let store: S3Client
    /// True where what is written is to outlast a power cut before its name changes.
    private let syncs: Bool

    /// Reads from `store`.
    public init(_ store: S3Client, syncs: Bool) {
        self.store = store
        self.syncs = syncs
    }

    /// Writes the object that `head` tells of to `place`; call it on a thread that may block. A file of other content is replaced only where
    /// `overwrites`. What a deploy has coded is written as the file was, where `decodes`, else as it is kept.
    public func save(
        _ key: Key, _ head: ObjectHead, to place: OutputPlace, overwrites: Bool, decodes: Bool = false
    ) async throws(OutputFault) -> Saved {
        if decodes, let decoded = try DecodedObject(head) {
            if try place.existing() != nil, !overwrites { throw .exists }
            return try finish(try await whole(key, head), head, decoded, to: place)
        }
        if let existing = try place.existing() {
            if existing.size == head.size {
                let (proof, sha256) = try ContentProof.judge(existing, head)
                if let proof, proof != .size {
                    return Saved(size: head.size, sha256: sha256, proof: proof, resumed: 0, wasThere: true)
                }
            }
            guard overwrites else { throw .exists }
        }
        return try await write(key, head, to: place)
    }

    /// Writes an object of a listing to a place where there is no file; a small one with a single request. What a deploy has coded is written as the file
    /// was. Call it on a thread that may block.
    func fetch(_ object: RemoteObject, to place: OutputPlace) async throws(OutputFault) -> Saved {
        if try place.existing() != nil { throw .exists }
        guard object.size <= ObjectPieces.pieceSize else {
            let head: ObjectHead
            do throws(S3Error) { head = try await store.head(object.key) } catch { throw .store(error) }
            guard head.size == object.size else { throw .changed }
            return try await save(object.key, head, to: place, overwrites: false, decodes: true)
        }
        let content: ObjectContent
        do throws(S3Error) { content = try await store.getObject(object.key, maximumBytes: Int(ObjectPieces.pieceSize)) } catch {
            if case .transport(.responseTooLarge(limit: _)) = error.cause { throw .changed }
            throw error.isCancelled ? .interrupted : .store(error)
        }
        guard content.head.size == Int64(content.bytes.count) else { throw .changed }
        return try finish(content.bytes, content.head, try DecodedObject(content.head), to: place)
    }

    /// Proves content that is in memory, and writes it.
    private func finish(_ bytes: [UInt8], _ head: ObjectHead, _ decoded: DecodedObject?, to place: OutputPlace) throws(OutputFault) -> Saved
    {
        let (proof, sha256) = try ContentProof.judge(MemoryBytes(bytes), head)
        guard let proof else { throw Self.damage(head, sha256) }
        let plain = try decoded.map { decoded throws(OutputFault) in try decoded.decode(bytes) } ?? bytes
        let partial = try place.partial(of: sha256, sweeping: false)
        do throws(OutputFault) {
            try partial.file.cut(to: 0)
            try partial.file.write(plain, at: 0)
            try close(partial, head, to: place)
        } catch {
            place.discard(partial)
            throw error
        }
        return Saved(size: Int64(plain.count), sha256: decoded?.source ?? sha256, proof: proof, resumed: 0, wasThere: false)
    }

    private func write(_ key: Key, _ head: ObjectHead, to place: OutputPlace) async throws(OutputFault) -> Saved {
        let isLarge = head.size > ObjectPieces.pieceSize
        let partial = try place.partial(of: identity(key, head), sweeping: isLarge)
        // Without a tag nobody knows whether it is of the same object.
        var there = head.etag.value.isEmpty ? 0 : min(partial.file.size, head.size)
        there -= there % ObjectPieces.pieceSize
        do throws(OutputFault) {
            try partial.file.cut(to: there)
            try await ObjectPieces(store, key, size: head.size, etag: head.etag).read(there..<head.size) {
                offset, bytes throws(OutputFault) in
                try partial.file.write(bytes, at: offset)
            }
            let (proof, sha256) = try ContentProof.judge(partial.file, head)
            guard let proof else { throw Self.damage(head, sha256) }
            try close(partial, head, to: place)
            return Saved(size: head.size, sha256: sha256, proof: proof, resumed: there, wasThere: false)
        } catch {
            switch error {
            // What has arrived is gone on with.
            case .store, .interrupted: if !isLarge { place.discard(partial) }
            default: place.discard(partial)
            }
            throw error
        }
    }

    private func close(_ partial: PartialFile, _ head: ObjectHead, to place: OutputPlace) throws(OutputFault) {
        if let time = head.fileTime { partial.file.setModified(time) }
        if syncs { try partial.file.sync() }
        try place.finish(partial)
    }

    private func whole(_ key: Key, _ head: ObjectHead) async throws(OutputFault) -> [UInt8] {
        var all: [UInt8] = []
        try await ObjectPieces(store, key, size: head.size, etag: head.etag).read(0..<head.size) { _, bytes throws(OutputFault) in
            all += bytes
        }
        return all
    }

    private static func damage(_ head: ObjectHead, _ found: SHA256) -> OutputFault {
        .damaged(expected: head.sha256.map { "SHA-256 \($0)" } ?? "entity tag \(head.etag)", found: "SHA-256 \(found)")
    }

    private func identity(_ key: Key, _ head: ObjectHead) -> SHA256 {
        SHA256.digest(of: Array("\(store.bucket)/\(head.etag.value)/\(head.size)/".utf8) + key.bytes)
    }
}

extension ObjectHead {
    /// The time of change that a file of this object gets, in nanoseconds since 1970: that of the file it was made of, where rclone or s3fs wrote it into the
    /// metadata (`mtime`, in seconds), else when the object was last written.
    var fileTime: Int64? {
        if let text = metadata["mtime"], let seconds = Double(text), abs(seconds) < 1e11 {
            let whole = seconds.rounded(.down)
            return Int64(whole) * 1_000_000_000 + Int64((seconds - whole) * 1e9)
        }
        return lastModified.map { $0 * 1_000_000_000 }
    }
}
