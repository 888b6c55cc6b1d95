/// A piece of a body in a buffer that is reused.
///
/// `@unchecked Sendable` is sound: a chunk has one user at a time, first the reader that fills it, then the loop that empties it; locks lie between.
struct Chunk: @unchecked Sendable {
    private let start: UnsafeMutableRawPointer
    /// The size of the buffer in bytes.
    let capacity: Int
    /// How many bytes are filled.
    var count = 0

    /// Allocates a buffer.
    init(capacity: Int) {
        start = .allocate(byteCount: capacity, alignment: 16)
        self.capacity = capacity
    }

    /// The filled bytes of `range`.
    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    /// Appends as much of `bytes` as there is room for; answers the rest.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let taken = min(bytes.count, capacity - count)
        if taken > 0 { room(upTo: count + taken).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<taken])) }
        count += taken
        return UnsafeRawBufferPointer(rebasing: bytes[taken...])
    }

    /// What lies behind the filled bytes, as far as `end`.
    func room(upTo end: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: start + count, count: end - count)
    }

    /// Frees the buffer.
    func deallocate() { start.deallocate() }
}
