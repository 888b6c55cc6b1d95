/// The name of a colour profile.
enum ProfileName {
    /// The text of the tag `desc` (ICC.1:2022 §9.2.41; in profiles of version 2 of type `desc`, later `mluc`), trimmed; nil where there is none.
    static func of(_ profile: [UInt8]) -> String? {
        func number(_ at: Int) -> Int? {
            guard at >= 0, at + 4 <= profile.count else { return nil }
            return profile[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        // §7.3: after the header of 128 bytes the count of tags, then 12 bytes for each: signature, offset, size.
        guard let count = number(128), count <= 1000 else { return nil }
        for tag in 0..<count {
            let entry = 132 + tag * 12
            guard let signature = number(entry), let offset = number(entry + 4), let size = number(entry + 8) else { return nil }
            guard signature == 0x6465_7363, let type = number(offset), offset + size <= profile.count else { continue }
            switch type {
            // ICC.1:2001-04 §6.5.17: the count of ASCII with its NUL, then the text.
            case 0x6465_7363:
                guard let length = number(offset + 8), length <= 1024, offset + 12 + length <= profile.count else { return nil }
                return plain(String(decoding: profile[(offset + 12)..<(offset + 12 + length)].prefix { $0 != 0 }, as: UTF8.self))
            // §10.15: records of 12 bytes from byte 16 on: language, country, length, offset; the text is UTF-16BE.
            case 0x6D6C_7563:
                guard let length = number(offset + 20), let start = number(offset + 24), length <= 2048,
                    offset + start + length <= profile.count
                else { return nil }
                let bytes = profile[(offset + start)..<(offset + start + length)]
                let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
                    UInt16(profile[$0]) << 8 | UInt16(profile[$0 + 1])
                }
                return plain(String(decoding: units.prefix { $0 != 0 }, as: UTF16.self))
            default: return nil
            }
        }
        return nil
    }

    private static func plain(_ text: String) -> String? {
        let trimmed = text.drop { $0 == " " }
        return trimmed.isEmpty ? nil : String(trimmed)
    }
}
