internal import Glibc
internal import Vocabulary

/// A source read from front to back through one buffer: what stands far ahead is passed over without being read.
struct ForwardBytes {
    /// Large enough to spare calls, small enough to stay in a core's cache.
    static let bufferSize = 256 << 10

    private let source: any ByteSource
    private var buffer: [UInt8] = []
    private var start: Int64 = 0
    /// The position of the next byte.
    private(set) var position: Int64 = 0
    /// The number of bytes of the source.
    let size: Int64

    init(_ source: any ByteSource) {
        self.source = source
        size = source.size
    }

    /// The next `count` bytes, at most `bufferSize`; nil where the source ends before.
    mutating func take(_ count: Int) throws -> ArraySlice<UInt8>? {
        guard try fill(count) else { return nil }
        let at = Int(position - start)
        position += Int64(count)
        return buffer[at..<at + count]
    }

    /// The next byte; nil at the end.
    mutating func byte() throws -> UInt8? {
        guard try fill(1) else { return nil }
        defer { position += 1 }
        return buffer[Int(position - start)]
    }

    /// Two bytes, most significant first.
    mutating func u16() throws -> Int? {
        guard let bytes = try take(2) else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// Four bytes, most significant first.
    mutating func u32() throws -> Int64? {
        guard let bytes = try take(4) else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int64($1) }
    }

    /// Goes on at another position further on; false where the source ends before it.
    mutating func skip(_ count: Int64) -> Bool {
        guard count <= size - position else { return false }
        position += count
        return true
    }

    /// Goes back to a position that was passed a moment ago.
    mutating func back(to position: Int64) { self.position = position }

    /// Goes on at the next byte of this value, without passing it; false where none follows.
    mutating func seek(_ value: UInt8) throws -> Bool {
        while try fill(1) {
            let at = Int(position - start)
            let found = buffer.withUnsafeBytes { raw -> Int? in
                guard let base = raw.baseAddress, let hit = memchr(base + at, Int32(value), raw.count - at)
                else { return nil }
                return UnsafeRawPointer(hit) - base
            }
            if let found {
                position = start + Int64(found)
                return true
            }
            position = start + Int64(buffer.count)
        }
        return false
    }

    /// Hands the next `count` bytes to `body`, piece by piece; false where the source ends before.
    mutating func pass(_ count: Int64, _ body: (UnsafeRawBufferPointer) -> Void) throws -> Bool {
        var left = count
        while left > 0 {
            guard try fill(1) else { return false }
            let at = Int(position - start)
            let piece = Int(min(left, Int64(buffer.count - at)))
            buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[at..<at + piece])) }
            position += Int64(piece)
            left -= Int64(piece)
        }
        return true
    }

    /// Makes sure that `count` bytes are in the buffer.
    private mutating func fill(_ count: Int) throws -> Bool {
        let end = start + Int64(buffer.count)
        if position >= start, position + Int64(count) <= end { return true }
        guard position + Int64(count) <= size else { return false }
        buffer = try source.bytes(position..<min(size, position + Int64(max(count, Self.bufferSize))))
        start = position
        return buffer.count >= count
    }
}
