internal import Digest
public import Vocabulary

/// The size and digests of the bytes that would be deployed for a file.
public struct Fingerprint: Sendable, Hashable {
    /// The deployed size in bytes.
    public let size: Int64
    /// SHA-256 of the deployed bytes.
    public let sha256: SHA256
    /// MD5 of the deployed bytes, where it was asked for.
    public let md5: MD5?
    /// The tags that the deployed bytes have after an upload in parts, one for each part size that was asked for.
    public let multipartTags: [ETag]

    /// Creates a fingerprint.
    public init(size: Int64, sha256: SHA256, md5: MD5?, multipartTags: [ETag] = []) {
        self.size = size
        self.sha256 = sha256
        self.md5 = md5
        self.multipartTags = multipartTags
    }
}

extension Fingerprint {
    /// How much is read at a time: large enough to spare calls, small enough to stay in a core's cache between the two digests.
    static let blockSize = 256 << 10

    /// Digests bytes in memory where they lie.
    init(of bytes: [UInt8], withMD5: Bool) {
        self.init(size: Int64(bytes.count), sha256: SHA256.digest(of: bytes), md5: withMD5 ? MD5.digest(of: bytes) : nil)
    }

    /// Reads `content` once and digests it. Throws what reading throws, and `SourceError.changed` where it ends before its size.
    public init(of content: some ByteSource, withMD5: Bool, partSizes: [Int64] = []) throws {
        self = try Self.reading(content, withMD5: withMD5, tagSizes: partSizes, partSize: nil).whole
    }

    /// The same, with the SHA-256 of each part of `partSize` bytes (the last may be shorter) from the same read.
    public static func withParts(of content: some ByteSource, partSize: Int64) throws -> (whole: Fingerprint, parts: [SHA256]) {
        try reading(content, withMD5: false, tagSizes: [], partSize: partSize)
    }

    /// Reads `content` once for its MD5 alone. Throws what reading throws, and `SourceError.changed` where it ends before its size.
    static func md5(of content: some ByteSource) throws -> MD5 {
        var md5 = MD5Hasher()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(min(Int64(blockSize), max(content.size, 1))), alignment: 16)
        defer { buffer.deallocate() }
        var at: Int64 = 0
        while at < content.size {
            let n = try content.read(into: buffer, at: at)
            guard n > 0 else { throw SourceError.changed }
            md5.update(UnsafeRawBufferPointer(rebasing: buffer[..<n]))
            at += Int64(n)
        }
        return md5.finalize()
    }

    private static func reading(
        _ content: some ByteSource, withMD5: Bool, tagSizes: [Int64], partSize: Int64?
    ) throws -> (whole: Fingerprint, parts: [SHA256]) {
        var sha256 = SHA256Hasher()
        var md5 = withMD5 ? MD5Hasher() : nil
        var part = SHA256Hasher()
        var parts: [SHA256] = []
        let tags = tagSizes.map { PartDigest(partSize: $0) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(min(Int64(Self.blockSize), max(content.size, 1))), alignment: 16)
        defer { buffer.deallocate() }
        var at: Int64 = 0
        while at < content.size {
            let left = partSize.map { Int(min($0 - at % $0, Int64(buffer.count))) } ?? buffer.count
            let n = try content.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<left]), at: at)
            guard n > 0 else { throw SourceError.changed }
            let block = UnsafeRawBufferPointer(rebasing: buffer[..<n])
            sha256.update(block)
            md5?.update(block)
            for tag in tags { tag.update(block) }
            at += Int64(n)
            if let partSize {
                part.update(block)
                if at % partSize == 0 || at == content.size { parts.append(part.finalize()) }
            }
        }
        let whole = Fingerprint(
            size: content.size, sha256: sha256.finalize(), md5: md5?.finalize(), multipartTags: tags.map { $0.finalize() })
        return (whole, parts)
    }
}
