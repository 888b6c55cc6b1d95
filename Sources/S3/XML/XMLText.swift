/// What XML says of characters and references (XML 1.0 §2.2, §2.3, §4.1, §4.6).
enum XMLText {
    /// White space (production S).
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }

    /// A byte of a name; every byte of a non-ASCII character counts as one.
    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7a, 0x41...0x5a, 0x30...0x39, 0x2d, 0x2e, 0x3a, 0x5f, 0x80...: true
        default: false
        }
    }

    /// The first byte of a name.
    static func isNameStart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7a, 0x41...0x5a, 0x3a, 0x5f, 0x80...: true
        default: false
        }
    }

    /// Whether an XML declaration names UTF-8, or its subset ASCII, or no encoding at all.
    static func declaresUTF8(_ declaration: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = String(decoding: declaration, as: UTF8.self).lowercased()
        guard let found = text.firstRange(of: "encoding") else { return true }
        let value = text[found.upperBound...].drop { $0 == " " || $0 == "=" || $0 == "\"" || $0 == "'" }
        return value.hasPrefix("utf-8") || value.hasPrefix("utf8") || value.hasPrefix("us-ascii")
    }

    /// The reference that begins at `bytes[0] == "&"`: the character it stands for and its length in bytes.
    ///
    /// Numeric references to control characters are taken, NUL excepted, as XML 1.1 does: servers write keys so.
    static func reference(_ bytes: UnsafePointer<UInt8>, count: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        for (name, scalar) in named where count >= name.utf8CodeUnitCount {
            if (0..<name.utf8CodeUnitCount).allSatisfy({ bytes[$0] == name.utf8Start[$0] }) { return (scalar, name.utf8CodeUnitCount) }
        }
        guard count >= 4, bytes[1] == UInt8(ascii: "#") else { return nil }
        let isHex = bytes[2] == UInt8(ascii: "x")
        let first = isHex ? 3 : 2
        var i = first
        var value: UInt32 = 0
        while i < count, i < first + 7, let digit = digit(bytes[i], isHex: isHex) {
            value = value * (isHex ? 16 : 10) + digit
            i += 1
        }
        guard i > first, i < count, bytes[i] == UInt8(ascii: ";"), value != 0, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, i + 1)
    }

    /// True where the bytes end before it is known whether they are a reference.
    static func couldContinue(_ bytes: UnsafePointer<UInt8>, count: Int) -> Bool {
        count < 11 && !(0..<count).contains { bytes[$0] == UInt8(ascii: ";") || bytes[$0] == UInt8(ascii: "<") }
    }

    /// Replaces references by the characters they stand for, in place, and answers the new length, which is never greater.
    /// The scanner has checked every reference.
    static func decode(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var from = 0
        var to = 0
        while from < bytes.count {
            if base[from] == UInt8(ascii: "&"), let (scalar, length) = reference(base + from, count: bytes.count - from) {
                for unit in scalar.utf8 {
                    base[to] = unit
                    to += 1
                }
                from += length
            } else {
                base[to] = base[from]
                to += 1
                from += 1
            }
        }
        return to
    }

    /// The offset of the first byte that is not UTF-8 (Unicode 16 §3.9, table 3-7) or is a control character that no document may hold.
    ///
    /// `allowingControls` asks for UTF-8 alone.
    static func firstUnacceptable(_ bytes: UnsafeBufferPointer<UInt8>, allowingControls: Bool = false) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let count = bytes.count
        var i = 0
        while i < count {
            while i + 32 <= count, isPlain(UnsafeRawPointer(base + i)) { i += 32 }
            let stop = min(count, i + 32)
            while i < stop {
                let byte = base[i]
                if byte < 0x80 {
                    guard byte >= 0x20 || isSpace(byte) || allowingControls else { return i }
                    i += 1
                } else {
                    guard let length = sequenceLength(base + i, count: count - i) else { return i }
                    i += length
                }
            }
        }
        return nil
    }

    /// True where 32 bytes are all ASCII and none is a control character: the bits are looked at eight bytes at a time
    /// (S. E. Anderson, "Bit Twiddling Hacks", "Determine if a word has a byte less than n").
    @inline(__always)
    private static func isPlain(_ bytes: UnsafeRawPointer) -> Bool {
        var suspicious: UInt64 = 0
        for i in 0..<4 {
            let word = bytes.loadUnaligned(fromByteOffset: i * 8, as: UInt64.self)
            suspicious |= word | ((word &- 0x2020_2020_2020_2020) & ~word)
        }
        return suspicious & 0x8080_8080_8080_8080 == 0
    }

    /// The length of the well-formed multi-byte sequence at `bytes`.
    private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int? {
        func continues(_ i: Int, _ range: ClosedRange<UInt8> = 0x80...0xbf) -> Bool { i < count && range.contains(bytes[i]) }
        switch bytes[0] {
        case 0xc2...0xdf: return continues(1) ? 2 : nil
        case 0xe0: return continues(1, 0xa0...0xbf) && continues(2) ? 3 : nil
        case 0xed: return continues(1, 0x80...0x9f) && continues(2) ? 3 : nil
        case 0xe1...0xef: return continues(1) && continues(2) ? 3 : nil
        case 0xf0: return continues(1, 0x90...0xbf) && continues(2) && continues(3) ? 4 : nil
        case 0xf1...0xf3: return continues(1) && continues(2) && continues(3) ? 4 : nil
        case 0xf4: return continues(1, 0x80...0x8f) && continues(2) && continues(3) ? 4 : nil
        default: return nil
        }
    }

    private static let named: [(StaticString, Unicode.Scalar)] = [
        ("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"),
    ]

    private static func digit(_ byte: UInt8, isHex: Bool) -> UInt32? {
        switch byte {
        case 48...57: UInt32(byte - 48)
        case 65...70 where isHex: UInt32(byte - 55)
        case 97...102 where isHex: UInt32(byte - 87)
        default: nil
        }
    }
}
