/// How a large object is cut into parts (Amazon S3 User Guide, "Multipart upload limits": at most 10,000 parts of 5 MiB to 5 GiB, the last
/// may be smaller).
public struct PartLayout: Sendable, Hashable {
    /// The size of every part but the last, in bytes.
    public let partSize: Int64
    /// The size of the object in bytes.
    public let size: Int64

    /// The sizes that `--part-size` may name.
    public static let allowedSizes: ClosedRange<Int64> = (5 << 20)...(5 << 30)
    /// The size of parts where nothing is said.
    public static let standardPartSize: Int64 = 16 << 20
    private static let maximumCount: Int64 = 10_000

    /// The layout of an object that is sent in parts; nil for one that is sent whole: four parts of the usual size, 64 MiB, are the least that
    /// pays, and fewer bytes only where the parts were asked to be smaller.
    public init?(size: Int64, partSize: Int64 = standardPartSize) {
        guard size >= min(4 * partSize, max(4 * Self.standardPartSize, partSize + 1)) else { return nil }
        // Whole mebibytes, so that parts begin where pages of the file do.
        let least = (size + Self.maximumCount - 1) / Self.maximumCount
        let mebibyte: Int64 = 1 << 20
        self.partSize = max(partSize, (least + mebibyte - 1) / mebibyte * mebibyte)
        self.size = size
    }

    /// How many parts there are.
    public var count: Int { Int((size + partSize - 1) / partSize) }

    /// Where a part lies, by its number from 1.
    public func range(of number: Int) -> Range<Int64> {
        let start = Int64(number - 1) * partSize
        return start..<min(start + partSize, size)
    }
}
