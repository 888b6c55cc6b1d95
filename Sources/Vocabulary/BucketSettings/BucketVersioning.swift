/// Whether a bucket keeps what is replaced and removed (Amazon S3 API Reference, GetBucketVersioning).
public enum BucketVersioning: String, Sendable, Hashable, CaseIterable {
    /// It does.
    case enabled
    /// It does no longer; what it kept stays.
    case suspended
}
