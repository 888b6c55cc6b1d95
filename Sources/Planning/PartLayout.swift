/// How a large object is cut into parts, all of one size but the last, which may be smaller.
public struct PartLayout: Sendable, Hashable {
    /// The size of every part but the last, in bytes.
    public let partSize: Int64
    /// The size of the object in bytes.
    public let size: Int64

    /// The sizes that `--part-size` may name.
    public static let allowedSizes: ClosedRange<Int64> = PartBounds.amazon.sizes
    /// The size of parts where nothing is said.
    public static let standardPartSize: Int64 = 16 << 20

    /// The layout of an object that is sent in parts; nil for one that is sent whole: four parts of the usual size, 64 MiB, are the least that
    /// pays, and fewer bytes only where the parts were asked to be smaller. Parts are larger or smaller than was asked where the store's bounds
    /// want it.
    public init?(size: Int64, partSize: Int64 = standardPartSize, within bounds: PartBounds = .amazon) {
        let partSize = min(max(partSize, bounds.sizes.lowerBound), bounds.sizes.upperBound)
        guard size > bounds.sizes.upperBound || size >= min(4 * partSize, max(4 * Self.standardPartSize, partSize + 1)) else { return nil }
        // Whole mebibytes, so that parts begin where pages of the file do.
        let least = (size - 1) / Int64(bounds.maximumCount) + 1
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
