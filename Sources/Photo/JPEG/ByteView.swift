/// A stretch of an array, indexed from 0, that shares the array's storage: a segment's payload without a copy of it.
struct ByteView: Sendable {
    private let storage: [UInt8]
    private let start: Int
    /// The number of bytes.
    let count: Int

    /// The bytes of `range`, which must lie within `storage`.
    init(_ storage: [UInt8], _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= storage.count)
        self.storage = storage
        start = range.lowerBound
        count = range.count
    }

    init(_ storage: [UInt8]) { self.init(storage, 0..<storage.count) }

    subscript(_ i: Int) -> UInt8 { storage[start + i] }

    /// A part of this view.
    func slice(_ range: Range<Int>) -> ByteView { ByteView(storage, start + range.lowerBound..<start + range.upperBound) }

    /// The bytes of `range` as a slice of the shared storage.
    subscript(_ range: Range<Int>) -> ArraySlice<UInt8> { storage[start + range.lowerBound..<start + range.upperBound] }

    /// All bytes as a slice of the shared storage.
    var bytes: ArraySlice<UInt8> { storage[start..<start + count] }

    /// True where the bytes from `position` on are `text`'s.
    func has(_ text: StaticString, at position: Int = 0) -> Bool {
        guard position >= 0, count - position >= text.utf8CodeUnitCount else { return false }
        for i in 0..<text.utf8CodeUnitCount where self[position + i] != text.utf8Start[i] { return false }
        return true
    }

    func u16(_ i: Int, bigEndian: Bool) -> Int {
        let a = Int(self[i])
        let b = Int(self[i + 1])
        return bigEndian ? a << 8 | b : b << 8 | a
    }

    func u32(_ i: Int, bigEndian: Bool) -> Int {
        let a = u16(i, bigEndian: bigEndian)
        let b = u16(i + 2, bigEndian: bigEndian)
        return bigEndian ? a << 16 | b : b << 16 | a
    }
}

extension [UInt8] {
    /// Appends 16 bits in the given byte order.
    mutating func append16(_ value: Int, bigEndian: Bool) {
        let bytes = (UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value))
        append(bigEndian ? bytes.0 : bytes.1)
        append(bigEndian ? bytes.1 : bytes.0)
    }

    /// Appends 32 bits in the given byte order.
    mutating func append32(_ value: Int, bigEndian: Bool) {
        append16(bigEndian ? value >> 16 : value, bigEndian: bigEndian)
        append16(bigEndian ? value : value >> 16, bigEndian: bigEndian)
    }
}
