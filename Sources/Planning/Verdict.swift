public import Vocabulary

/// Why a file is sent. The same word stands in text, JSON and tests.
public enum UploadReason: String, Sendable, Hashable, CaseIterable {
    /// The bucket has no such key.
    case new
    /// The object's size is not the deployed size.
    case size
    /// Same size, other bytes.
    case content
    /// Same size, and nothing that the bucket tells lets us know the object's bytes.
    case unverified
    /// The bytes are there, and the server would not replace their headers alone.
    case headers
}

/// What is known, so far, of the bytes that would be deployed for a file.
public struct LocalKnowledge: Sendable, Hashable {
    /// The size after the photo rewrite, in bytes; nil until the photo's header was read.
    public var deployedSize: Int64?
    /// SHA-256 of the bytes to be deployed.
    public var sha256: SHA256?
    /// MD5 of the same bytes, from the same read.
    public var md5: MD5?
    /// The tags that the bytes to be deployed would have after an upload in parts of the usual sizes; nil until computed.
    public var multipartTags: [ETag]?

    /// Creates a state of knowledge; everything not given is unknown.
    public init(deployedSize: Int64? = nil, sha256: SHA256? = nil, md5: MD5? = nil, multipartTags: [ETag]? = nil) {
        self.deployedSize = deployedSize
        self.sha256 = sha256
        self.md5 = md5
        self.multipartTags = multipartTags
    }
}

/// What is known of an object's bytes beyond its listing row.
public enum RemoteKnowledge: Sendable, Hashable {
    /// Only the listing row.
    case listed
    /// The local state holds this key with this ETag and size, deployed with this SHA-256.
    case recorded(SHA256)
    /// A HEAD was sent; its `x-amz-meta-sha256`, or nil where the object has none.
    case headed(SHA256?)
    /// The object was read to its end; its SHA-256.
    case read(SHA256)
}

/// What is known of the headers of an object whose bytes are those that would be deployed.
public enum HeaderKnowledge: Sendable, Hashable {
    /// Nothing is, and nothing is to be asked: drift is not seen.
    case unknown
    /// Nothing is, and the object is to be asked.
    case unasked
    /// They are those that it would be deployed with.
    case same
    /// They are others.
    case drifted
}

/// What the planner must be told before it can decide.
public enum Need: Sendable, Hashable {
    /// The size after the photo rewrite (the header of the JPEG).
    case deployedSize
    /// SHA-256 of the bytes to be deployed.
    case sha256
    /// MD5 (and, where it is kept, SHA-256 of the same read) of the bytes to be deployed.
    case md5
    /// The tags of an upload in parts (and SHA-256, same read): parts of `PartSizes.candidates`.
    case multipartTags
    /// The object's content, to be read and hashed.
    case content
    /// One HEAD of the object, for the hash in its metadata.
    case head
    /// One HEAD of the object, for its headers.
    case headers
}

/// What is decided of one file and one object.
public enum Decision: Sendable, Hashable {
    /// Send the file.
    case upload(UploadReason)
    /// The object holds exactly the bytes that would be deployed, under other headers: they are to be replaced on the server.
    case updateHeaders
    /// The object holds exactly the bytes that would be deployed, which only reading it could tell: it is given our metadata on the server.
    case adopt
    /// The object holds exactly the bytes that would be deployed.
    case unchanged
}

/// A decision, or what it still needs.
public enum Verdict: Sendable, Hashable {
    /// Decided.
    case settled(Decision)
    /// Ask again when this is known.
    case needs(Need)
}

/// The truth table. The thing compared is the deployed SHA-256: the hash of the bytes after the photo rewrite.
///
/// | # | the listing says | known from | verdict |
/// |---|---|---|---|
/// | 1 | no such key | listing | upload: new |
/// | 2 | size differs from the deployed size | listing, header of the JPEG only | upload: size |
/// | 3 | same size; the state holds this key with this ETag | state | compare its SHA-256: unchanged, or upload: content |
/// | 4 | same size; ETag is a plain MD5 | MD5 of the deployed bytes, same read as SHA-256 | equal: unchanged |
/// | 4 | same size; ETag is `-N` of an upload in parts | the tags for the usual part sizes, same read as SHA-256 | one is equal: unchanged |
/// | 5 | same size; 4 said different, or ETag is no MD5 | one HEAD, `x-amz-meta-sha256` | compare; absent: upload (content after 4, else unverified) |
/// | 5 | 5 found no hash, and objects from elsewhere are to be adopted | SHA-256 of the object, read whole | equal: adopt, else upload: content |
///
/// | 6 | 3, 4 or 5 said unchanged | headers: the state's record, or one HEAD where every object is to be asked | differ: update headers |
///
/// Modification times take no part. Row 5 follows a differing MD5 because an encrypted object's tag may look like one.
///
/// `adopts` says whether an object without a hash may be read whole; it is of no use where the tag is known to be the content's MD5.
public func verdict(
    local: LocalKnowledge, remote: RemoteObject?, knowledge: RemoteKnowledge, headers: HeaderKnowledge = .unknown, adopts: Bool = false
) -> Verdict {
    guard let remote else { return .settled(.upload(.new)) }
    guard let size = local.deployedSize else { return .needs(.deployedSize) }
    guard size == remote.size else { return .settled(.upload(.size)) }

    switch knowledge {
    case .recorded(let recorded):
        guard let sha256 = local.sha256 else { return .needs(.sha256) }
        return sha256 == recorded ? sameBytes(headers) : .settled(.upload(.content))
    case .listed:
        if let parts = remote.etag?.partCount, !PartSizes.candidates(size: size, parts: parts).isEmpty {
            guard let tags = local.multipartTags else { return .needs(.multipartTags) }
            return remote.etag.map(tags.contains) == true ? sameBytes(headers) : .needs(.head)
        }
        guard let tag = remote.etag?.md5 else { return .needs(.head) }
        guard let md5 = local.md5 else { return .needs(.md5) }
        return md5 == tag ? sameBytes(headers) : .needs(.head)
    case .headed(nil):
        if adopts { return .needs(.content) }
        return .settled(.upload(remote.etag?.md5 == nil ? .unverified : .content))
    case .headed(let stored?):
        guard let sha256 = local.sha256 else { return .needs(.sha256) }
        return sha256 == stored ? sameBytes(headers) : .settled(.upload(.content))
    case .read(let found):
        guard let sha256 = local.sha256 else { return .needs(.sha256) }
        return .settled(sha256 == found ? .adopt : .upload(.content))
    }
}

/// Row 6.
private func sameBytes(_ headers: HeaderKnowledge) -> Verdict {
    switch headers {
    case .unasked: .needs(.headers)
    case .drifted: .settled(.updateHeaders)
    case .unknown, .same: .settled(.unchanged)
    }
}
