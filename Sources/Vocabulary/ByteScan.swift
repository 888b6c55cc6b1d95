/// A look at eight bytes at once, for what passes over every request ("Bit Twiddling Hacks": determine if a word has a byte less than n).
public enum ByteScan {
    @inlinable static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @inlinable static var highs: UInt64 { 0x8080_8080_8080_8080 }

    /// True where one of `bytes` makes `isFound` answer other than 0 for a word that holds it.
    @inlinable
    @inline(__always)
    public static func contains(_ bytes: UnsafeRawBufferPointer, where isFound: (UInt64) -> UInt64) -> Bool {
        var at = 0
        while at + 8 <= bytes.count {
            if isFound(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) != 0 { return true }
            at += 8
        }
        while at < bytes.count {
            if isFound(ones &* UInt64(bytes[at])) != 0 { return true }
            at += 1
        }
        return false
    }

    /// Other than 0 where one of the eight bytes of `word` is less than `limit`, which is 128 at most.
    @inlinable
    @inline(__always)
    public static func hasByte(_ word: UInt64, below limit: UInt8) -> UInt64 { (word &- ones &* UInt64(limit)) & ~word & highs }

    /// Other than 0 where one of the eight bytes of `word` is `byte`.
    @inlinable
    @inline(__always)
    public static func hasByte(_ word: UInt64, _ byte: UInt8) -> UInt64 { hasByte(word ^ ones &* UInt64(byte), below: 1) }

    /// Other than 0 where one of the eight bytes of `word` is 128 or more.
    @inlinable
    @inline(__always)
    public static func hasHighByte(_ word: UInt64) -> UInt64 { word & highs }
}
