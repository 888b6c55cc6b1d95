/// What a store takes of an upload in parts.
public struct PartBounds: Sendable, Hashable {
    /// The sizes of every part but the last, in bytes; the upper bound is also that of an object that is sent whole.
    public let sizes: ClosedRange<Int64>
    /// The most parts.
    public let maximumCount: Int

    /// Bounds of a store; a range that is none, or no parts at all, is taken for the nearest that is one.
    public init(minimumPart: Int64, maximumPart: Int64, maximumCount: Int) {
        let least = max(minimumPart, 1)
        sizes = least...max(maximumPart, least)
        self.maximumCount = max(maximumCount, 1)
    }

    /// Amazon's (Amazon S3 User Guide, "Amazon S3 multipart upload limits"): 10,000 parts of 5 MiB to 5 GiB.
    public static let amazon = PartBounds(minimumPart: 5 << 20, maximumPart: 5 << 30, maximumCount: 10_000)
}
