/// How a bucket encrypts what is stored without a word about it (Amazon S3 API Reference, ServerSideEncryptionRule).
public struct BucketEncryption: Sendable, Hashable {
    /// `AES256`, `aws:kms` or another way that the store knows.
    public var algorithm: String
    /// The key of the key management service; nil for the store's own.
    public var keyID: String?
    /// What else the rule says, byte for byte: `BucketKeyEnabled`, and what is not known here.
    public var besides: [[UInt8]]

    /// Creates a way of encryption.
    public init(algorithm: String, keyID: String? = nil, besides: [[UInt8]] = []) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.besides = besides
    }
}
