/// Bytes that can be read at any position without being held in memory: a file on disk, or an array in a test.
public protocol ByteSource: Sendable {
    /// The number of bytes.
    var size: Int64 { get }

    /// Reads up to `buffer.count` bytes from `offset` on; answers how many were read, 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int
}

extension ByteSource {
    /// The bytes of `range`; fewer where the source ends before.
    public func bytes(_ range: Range<Int64>) throws -> [UInt8] {
        let count = Int(max(0, min(range.upperBound, size) - range.lowerBound))
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while initialized < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
                let n = try read(into: rest, at: range.lowerBound + Int64(initialized))
                if n == 0 { break }
                initialized += n
            }
        }
    }
}

/// An array as a byte source.
public struct MemoryBytes: ByteSource {
    /// The bytes.
    public let bytes: [UInt8]

    /// Wraps `bytes`.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The number of bytes.
    public var size: Int64 { Int64(bytes.count) }

    /// Copies bytes from `offset` on.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        guard offset >= 0, offset < size else { return 0 }
        let n = min(buffer.count, bytes.count - Int(offset))
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[Int(offset)..<Int(offset) + n])) }
        return n
    }
}

/// A range of another source.
public struct RangeBytes: ByteSource {
    private let whole: any ByteSource
    private let range: Range<Int64>

    /// The bytes of `range`, which lies within `whole`.
    public init(_ range: Range<Int64>, of whole: any ByteSource) {
        self.whole = whole
        self.range = range
    }

    /// The number of bytes.
    public var size: Int64 { range.upperBound - range.lowerBound }

    /// Reads bytes from `offset` of the range on.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        guard offset >= 0, offset < size else { return 0 }
        let count = Int(min(Int64(buffer.count), size - offset))
        return try whole.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: range.lowerBound + offset)
    }
}

/// Deployed content: pieces of rewritten bytes in memory and ranges of the original, in order. An untouched file is one range.
///
/// This is how a photo is rewritten without ever writing to the original and without memory growing with its size.
public struct Splice: Sendable, Hashable {
    /// One stretch of the content.
    public enum Piece: Sendable, Hashable {
        /// Bytes that replace or add to the original.
        case bytes([UInt8])
        /// Bytes of the original, by position.
        case range(Range<Int64>)

        /// The number of bytes.
        public var count: Int64 {
            switch self {
            case .bytes(let bytes): Int64(bytes.count)
            case .range(let range): range.upperBound - range.lowerBound
            }
        }
    }

    /// The pieces, in order; none is empty.
    public let pieces: [Piece]
    /// The number of bytes of the content.
    public let size: Int64

    /// Creates a splice; empty pieces are dropped.
    public init(_ pieces: [Piece]) {
        self.pieces = pieces.filter { $0.count > 0 }
        size = self.pieces.reduce(0) { $0 + $1.count }
    }

    /// A file of `size` bytes as it is.
    public static func whole(size: Int64) -> Splice { Splice([.range(0..<size)]) }

    /// True where the content is the original of `originalSize` bytes, unchanged.
    public func isIdentity(originalSize: Int64) -> Bool { pieces == (originalSize > 0 ? [.range(0..<originalSize)] : []) }
}

/// A splice laid over its original, readable at any position of the deployed content.
public struct SplicedBytes: ByteSource {
    private let splice: Splice
    private let original: any ByteSource
    private let starts: [Int64]

    /// Lays `splice` over `original`.
    public init(_ splice: Splice, over original: any ByteSource) {
        self.splice = splice
        self.original = original
        var at: Int64 = 0
        starts = splice.pieces.map { piece in
            defer { at += piece.count }
            return at
        }
    }

    /// The size of the deployed content in bytes.
    public var size: Int64 { splice.size }

    /// Reads deployed bytes from `offset` on, at most to the end of the piece that holds `offset`.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        guard offset >= 0, offset < size, buffer.count > 0 else { return 0 }
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        let within = offset - starts[low]
        switch splice.pieces[low] {
        case .bytes(let bytes):
            return MemoryBytes(bytes).read(into: buffer, at: within)
        case .range(let range):
            let count = Int(min(Int64(buffer.count), range.upperBound - range.lowerBound - within))
            return try original.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: range.lowerBound + within)
        }
    }
}
