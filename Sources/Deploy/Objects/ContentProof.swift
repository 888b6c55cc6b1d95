internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// By what the content of a file was proved to be that of an object, the strongest that the store tells.
public enum ContentProof: String, Sendable {
    /// The SHA-256 in the object's metadata.
    case sha256
    /// The entity tag, an MD5.
    case md5
    /// The entity tag of an upload in parts, for a usual size of the parts.
    case parts
    /// The size and nothing else: the tag tells nothing of the content.
    case size

    /// In words.
    public var words: String {
        switch self {
        case .sha256: "SHA-256 of the metadata"
        case .md5: "MD5 of the entity tag"
        case .parts: "entity tag of its parts"
        case .size: "size alone"
        }
    }
}

extension ContentProof {
    /// Reads `content` once and compares it with what `head` tells; the proof is nil where it is other content. An empty `etag` tells nothing.
    static func judge(_ content: some ByteSource, _ head: ObjectHead) throws(OutputFault) -> (proof: ContentProof?, sha256: SHA256) {
        let recorded = head.sha256
        let tag = head.hidesMD5 ? nil : head.etag
        let sizes = recorded == nil ? tag?.partCount.map { PartSizes.candidates(size: head.size, parts: $0) } ?? [] : []
        let found: Fingerprint
        do {
            found = try Fingerprint(of: content, withMD5: recorded == nil && tag?.md5 != nil, partSizes: sizes)
        } catch {
            throw error as? OutputFault ?? .changed
        }
        guard found.size == head.size else { return (nil, found.sha256) }
        if let recorded { return (found.sha256 == recorded ? .sha256 : nil, found.sha256) }
        if let md5 = tag?.md5 { return (found.md5 == md5 ? .md5 : nil, found.sha256) }
        // Parts of an unusual size tell nothing, for or against.
        if let tag, found.multipartTags.contains(tag) { return (.parts, found.sha256) }
        return (.size, found.sha256)
    }
}
