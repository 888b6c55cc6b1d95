internal import Vocabulary

/// A checksum over the values of a row, kept with it: SQLite notices a page of nonsense, but not a flipped bit in a digest.
///
/// Every step is a bijection of the state, so a change of any one value changes the sum before it is cut to 32 bits. It is no
/// defence against a forger, who could as well write a true seal.
struct Seal {
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    mutating func add(_ word: UInt64) {
        state = (state ^ word) &* 0xd6e8_feb8_6659_fd93
        state ^= state >> 32
    }

    mutating func add(_ value: Int64) { add(UInt64(bitPattern: value)) }

    /// Tells nil from any number.
    mutating func add(_ value: Int64?) {
        add(value == nil ? 0 : 1 as UInt64)
        if let value { add(value) }
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(UInt64(bytes.count))
        var at = 0
        while at + 8 <= bytes.count {
            add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
            at += 8
        }
        guard at < bytes.count else { return }
        var rest: UInt64 = 0
        while at < bytes.count {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        add(rest)
    }

    mutating func add(_ digest: SHA256?) {
        guard let words = digest?.words else { return add(0 as UInt64) }
        add(1 as UInt64)
        add(words.0)
        add(words.1)
        add(words.2)
        add(words.3)
    }

    mutating func add(_ digest: MD5?) {
        guard let words = digest?.words else { return add(0 as UInt64) }
        add(2 as UInt64)
        add(words.0)
        add(words.1)
    }

    mutating func add(_ text: String?) {
        guard var text else { return add(0 as UInt64) }
        add(1 as UInt64)
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    mutating func add(_ tag: ETag?) {
        if let md5 = tag?.md5, tag == ETag(md5) { add(md5) } else { add(tag?.value) }
    }

    /// What stands for all that was added, in another seal.
    var sum: UInt64 { state }

    /// The seal, in four bytes of SQLite's integers.
    var value: Int64 { Int64(Int32(truncatingIfNeeded: state >> 16)) }
}
