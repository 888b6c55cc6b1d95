import Vocabulary

/// The opening of a source, kept, and one more stretch of it, moved as needed: what a walk over segments reads.
struct SourceWindow {
    private let source: any ByteSource
    /// Large enough for a JFIF segment, a full Exif segment and the headers behind it: one read for most photos.
    static let openingSize = 72 * 1024
    private static let step = 4 * 1024

    private let opening: [UInt8]
    private var moving: [UInt8] = []
    private var movingStart: Int64 = 0

    init(_ source: some ByteSource) throws {
        self.source = source
        opening = try source.bytes(0..<Int64(Self.openingSize))
    }

    /// True where the source has `count` bytes from `position` on; they can be indexed then.
    mutating func holds(_ position: Int64, _ count: Int) throws -> Bool {
        let end = position + Int64(count)
        if end <= Int64(opening.count) { return true }
        guard end <= source.size else { return false }
        if position >= movingStart, end <= movingStart + Int64(moving.count) { return true }
        moving = try source.bytes(position..<position + Int64(max(count, Self.step)))
        movingStart = position
        return moving.count >= count
    }

    subscript(_ position: Int64) -> UInt8 {
        position < Int64(opening.count) && !(position >= movingStart && position < movingStart + Int64(moving.count))
            ? opening[Int(position)] : moving[Int(position - movingStart)]
    }

    /// The bytes of `range`, which lies within the source; fewer where the source has shrunk meanwhile.
    mutating func view(_ range: Range<Int64>) throws -> ByteView {
        if range.upperBound <= Int64(opening.count) { return ByteView(opening, Int(range.lowerBound)..<Int(range.upperBound)) }
        if range.lowerBound >= movingStart, range.upperBound <= movingStart + Int64(moving.count) {
            return ByteView(moving, Int(range.lowerBound - movingStart)..<Int(range.upperBound - movingStart))
        }
        if range.count <= Self.step, try holds(range.lowerBound, range.count) {
            return ByteView(moving, 0..<range.count)
        }
        return ByteView(try source.bytes(range))
    }
}
