/// Finds names of one folder that look the same and are not: Unicode writes `é` with one character or with two (Unicode Standard Annex #15,
/// NFC and NFD), a file system and a bucket keep both.
enum NameTwins {
    /// True where a name could be a spelling other than NFC. All others have no twin but such a one.
    ///
    /// What is ruled out are the blocks of common scripts without combining characters, by their first bytes in UTF-8: Latin and Greek letters
    /// composed, Cyrillic, kana, Han, Hangul syllables, emoji.
    static func mayBeDecomposed(_ name: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        while at < name.count {
            let lead = name[at]
            switch lead {
            case 0..<0x80: at += 1
            case 0xC2...0xCB, 0xD0, 0xD1: at += 2
            case 0xE3:
                guard at + 2 < name.count, (0x81...0x83).contains(name[at + 1]) || name[at + 1] >= 0x90 else { return true }
                if name[at + 1] == 0x82, name[at + 2] == 0x99 || name[at + 2] == 0x9A { return true }
                at += 3
            case 0xE4...0xE9, 0xEB...0xED: at += 3
            case 0xF0:
                guard at + 1 < name.count, name[at + 1] == 0x9F else { return true }
                at += 4
            default: return true
            }
        }
        return false
    }

    /// The pairs among a folder's names. Swift's strings are equal where they are canonically equivalent.
    static func pairs(among names: some Sequence<ArraySlice<UInt8>>) -> [(first: [UInt8], second: [UInt8])] {
        var seen: [String: [UInt8]] = [:]
        var pairs: [(first: [UInt8], second: [UInt8])] = []
        for name in names where name.contains(where: { $0 >= 0x80 }) {
            if let first = seen.updateValue(Array(name), forKey: String(decoding: name, as: UTF8.self)) {
                pairs.append((first, Array(name)))
            }
        }
        return pairs
    }
}
