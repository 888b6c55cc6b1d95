internal import Digest
internal import Vocabulary

/// Computes the tag that an upload in parts has: the MD5 of the parts' MD5s and the number of parts. No specification says so, yet all
/// servers that take multipart uploads do it.
final class PartDigest {
    private let partSize: Int64
    private var part = MD5Hasher()
    private var whole = MD5Hasher()
    private var partBytes: Int64 = 0
    private var count = 0

    /// Begins with nothing; parts have `partSize` bytes, but for the last.
    init(partSize: Int64) { self.partSize = max(partSize, 1) }

    /// Takes in further bytes.
    func update(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let taken = rest.prefix(Int(min(Int64(rest.count), partSize - partBytes)))
            part.update(UnsafeRawBufferPointer(rebasing: taken))
            partBytes += Int64(taken.count)
            rest = rest[taken.endIndex...]
            if partBytes == partSize { endPart() }
        }
    }

    /// The tag of all that was taken in.
    func finalize() -> ETag {
        if partBytes > 0 || count == 0 { endPart() }
        return ETag("\(whole.finalize().hex)-\(count)")
    }

    private func endPart() {
        whole.update(part.finalize().bytes)
        count += 1
        partBytes = 0
    }
}
