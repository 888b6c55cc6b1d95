/// How one store differs from Amazon's: guessed from its host, then from its answers, and corrected by what it does.
///
/// A profile never forbids a request. It says what is tried first, and explains a refusal.
public struct ProviderProfile: Sendable, Hashable {
    /// Which request lists a bucket.
    public enum ListingVersion: Sendable, Hashable {
        /// ListObjectsV2.
        case v2
        /// ListObjects, whose pages go on from a key (`marker`).
        case v1
    }

    /// What an entity tag of 32 hexadecimal digits means.
    public enum ETagTrust: Sendable, Hashable {
        /// The MD5 of the content, for an upload in one piece that is not encrypted with a key of its own.
        case md5
        /// Nothing: only its equality counts.
        case opaque
    }

    /// Which conditions of an upload (`If-None-Match: *`, `If-Match`) hold.
    public enum ConditionalWrites: Sendable, Hashable {
        case honoured
        /// They are accepted and do nothing, or nobody knows.
        case unproven
    }

    /// Ways of encryption at rest that can be asked for with an upload.
    public enum Encryption: String, Sendable, Hashable, CaseIterable {
        /// The store's own keys (`AES256`).
        case store = "AES256"
        /// Keys of a key management service (`aws:kms`).
        case managed = "aws:kms"
        /// A key that comes with each request.
        case customer = "customer"
    }

    /// The bounds of an upload in parts.
    public struct Multipart: Sendable, Hashable {
        /// The least size of every part but the last, in bytes.
        public var minimumPart: Int64 = 5 << 20
        /// The greatest size of a part, and of an upload or a copy in one piece, in bytes.
        public var maximumPart: Int64 = 5 << 30
        /// The most parts.
        public var maximumParts = 10_000
        /// True where all parts but the last must be of one size.
        public var wantsEqualParts = false
        /// True where one server-side copy may be larger than `maximumPart`.
        public var copiesAnySize = false

        /// The most bytes that one server-side copy copies (Amazon S3 API Reference, CopyObject: 5 GB).
        public var largestCopy: Int64 { copiesAnySize ? .max : maximumPart }

        /// Amazon's (Amazon S3 User Guide, "Amazon S3 multipart upload limits").
        public static let amazon = Multipart()
    }

    /// What the server does with DeleteObjects.
    public enum BatchDeletion: Sendable, Hashable {
        /// It wants a Content-MD5, or takes one.
        case withMD5
        /// It has no such request: keys are deleted singly.
        case none
    }

    /// What people call it.
    public var name: String
    /// Which listing is asked for.
    public var listing = ListingVersion.v2
    /// True where keys are asked for URL-encoded.
    public var encodesKeys = true
    /// What entity tags mean.
    public var etag = ETagTrust.md5
    /// The bounds of an upload in parts.
    public var multipart = Multipart.amazon
    /// Whether conditions of uploads hold.
    public var conditionalWrites = ConditionalWrites.unproven
    /// True where a copy, and an upload in parts, has no tags whatever was asked for, so that they are set afterwards.
    public var forgetsTags = false
    /// True where a bucket can have CORS rules that are set over S3.
    public var hasCORS = true
    /// How such a store's owner lets browsers in instead, to be said after “at” and its name; nil where nobody knows.
    public var corsElsewhere: String?
    /// The ways of encryption that can be asked for; nil where nobody knows.
    public var encryption: Set<Encryption>?
    /// The storage classes by name; nil where nobody knows.
    public var storageClasses: [String]?
    /// How batches of keys are deleted.
    public var batchDeletion = BatchDeletion.withMD5
    /// True where the first rule of a CORS configuration whose origin fits decides alone, whatever methods it allows (ceph/ceph#69190).
    public var picksCORSRulesByOriginAlone = false

    /// A store of which nothing is known: Amazon's ways, nothing taken for granted.
    public static let unknown = ProviderProfile(name: "an S3 server")

    init(name: String) { self.name = name }

    func with(_ change: (inout ProviderProfile) -> Void) -> ProviderProfile {
        var copy = self
        change(&copy)
        return copy
    }
}
