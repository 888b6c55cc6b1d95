/// A SHA-256 digest (FIPS 180-4): 32 bytes held inline.
public struct SHA256: Sendable, Hashable, CustomStringConvertible {
    /// The digest as four big-endian words.
    package let words: (UInt64, UInt64, UInt64, UInt64)

    /// Creates a digest from exactly 32 bytes; nil for any other count.
    @inlinable
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        if let found = bytes.withContiguousStorageIfAvailable({ SHA256(wire: UnsafeRawBufferPointer($0)) }) {
            self = found
            return
        }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for byte in bytes {
            words = (words.0 << 8 | words.1 >> 56, words.1 << 8 | words.2 >> 56, words.2 << 8 | words.3 >> 56, words.3 << 8 | UInt64(byte))
        }
        self.init(words.0, words.1, words.2, words.3)
    }

    /// The digest that 32 bytes in a row are.
    @usableFromInline
    init(wire: UnsafeRawBufferPointer) {
        func word(_ offset: Int) -> UInt64 { UInt64(bigEndian: wire.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
        words = (word(0), word(8), word(16), word(24))
    }

    /// Parses 64 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        guard let bytes = parseHex(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// Creates a digest from its 32 bytes, taken as four big-endian words.
    public init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
        words = (word0, word1, word2, word3)
    }

    /// The 32 bytes, most significant first.
    public var bytes: [UInt8] {
        let wire = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        return withUnsafeBytes(of: wire) { [UInt8]($0) }
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { hexString(words: [words.0, words.1, words.2, words.3]) }

    /// The hexadecimal form.
    public var description: String { hex }

    /// Equality of all 32 bytes.
    public static func == (a: SHA256, b: SHA256) -> Bool { a.words == b.words }

    /// Hashes the first word: a digest is already uniformly distributed.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

    /// The digest of no bytes.
    public static let empty = SHA256(0xe3b0_c442_98fc_1c14, 0x9afb_f4c8_996f_b924, 0x27ae_41e4_649b_934c, 0xa495_991b_7852_b855)
}

/// An MD5 digest (RFC 1321), used only because S3 answers it as the ETag of simple uploads: 16 bytes held inline.
public struct MD5: Sendable, Hashable, CustomStringConvertible {
    /// The digest as two big-endian words.
    package let words: (UInt64, UInt64)

    /// Creates a digest from exactly 16 bytes; nil for any other count.
    @inlinable
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for byte in bytes { words = (words.0 << 8 | words.1 >> 56, words.1 << 8 | UInt64(byte)) }
        self.init(words.0, words.1)
    }

    /// Creates a digest from its 16 bytes, taken as two big-endian words.
    public init(_ word0: UInt64, _ word1: UInt64) { words = (word0, word1) }

    /// Parses 32 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        guard let bytes = parseHex(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 16 bytes, most significant first.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian)) { [UInt8]($0) }
    }

    /// 32 lower-case hexadecimal digits.
    public var hex: String { hexString(words: [words.0, words.1]) }

    /// The hexadecimal form.
    public var description: String { hex }

    /// Equality of all 16 bytes.
    public static func == (a: MD5, b: MD5) -> Bool { a.words == b.words }

    /// Hashes the first word: a digest is already uniformly distributed.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// Lower-case hexadecimal digits of big-endian words: eight digits at once, because every upload writes four digests.
func hexString(words: [UInt64]) -> String {
    /// The digits of a half word, the first in the most significant byte.
    func digits(_ half: UInt32) -> UInt64 {
        var nibbles = UInt64(half)
        nibbles = (nibbles << 16 | nibbles) & 0x0000_ffff_0000_ffff
        nibbles = (nibbles << 8 | nibbles) & 0x00ff_00ff_00ff_00ff
        nibbles = (nibbles << 4 | nibbles) & 0x0f0f_0f0f_0f0f_0f0f
        // 1 in each byte that is a letter.
        let letters = (nibbles + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return nibbles + 0x3030_3030_3030_3030 + letters * UInt64(UInt8(ascii: "a") - 10 - UInt8(ascii: "0"))
    }
    return String(unsafeUninitializedCapacity: 16 * words.count) { buffer in
        let text = UnsafeMutableRawBufferPointer(buffer)
        for (index, word) in words.enumerated() {
            text.storeBytes(of: digits(UInt32(truncatingIfNeeded: word >> 32)).bigEndian, toByteOffset: 16 * index, as: UInt64.self)
            text.storeBytes(of: digits(UInt32(truncatingIfNeeded: word)).bigEndian, toByteOffset: 16 * index + 8, as: UInt64.self)
        }
        return 16 * words.count
    }
}

/// Lower-case hexadecimal digits of `bytes`.
@inlinable
public func hexString(_ bytes: some Collection<UInt8>) -> String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
        var i = 0
        for byte in bytes {
            buffer[i] = digits.utf8Start[Int(byte >> 4)]
            buffer[i + 1] = digits.utf8Start[Int(byte & 15)]
            i += 2
        }
        return i
    }
}

/// The bytes that an even number of hexadecimal digits stands for; nil where a character is none or the count is odd.
@inlinable
public func parseHex(_ text: some StringProtocol) -> [UInt8]? {
    func nibble(_ c: UInt8) -> UInt8? {
        switch c {
        case 48...57: c - 48
        case 65...70: c - 55
        case 97...102: c - 87
        default: nil
        }
    }
    var result: [UInt8] = []
    var high: UInt8?
    for c in text.utf8 {
        guard let n = nibble(c) else { return nil }
        if let h = high {
            result.append(h << 4 | n)
            high = nil
        } else {
            high = n
        }
    }
    return high == nil ? result : nil
}
