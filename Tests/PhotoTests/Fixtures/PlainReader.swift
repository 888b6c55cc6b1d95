/// A second, independent reader for tests: it knows nothing of the code under test and answers every value of every directory.
struct PlainReader {
    struct Value: Hashable, CustomStringConvertible {
        var type: Int
        var count: Int
        var bytes: [UInt8]
        /// Where the value stands in the block; nil within its entry.
        var at: Int?
        var description: String { "type \(type) count \(count) at \(at.map(String.init) ?? "entry"): \(bytes.prefix(24))" }
    }

    /// Values by "directory/tag".
    private(set) var values: [String: [Value]] = [:]
    private(set) var order: [String: [Int]] = [:]
    private let b: [UInt8]
    private let big: Bool

    /// Reads the first Exif segment of a JPEG; nil where there is none.
    init?(jpeg: [UInt8]) {
        guard let block = Self.block(of: jpeg) else { return nil }
        self.init(block: block)
    }

    init(block: [UInt8]) {
        b = block
        big = block.first == 0x4D
        walk("IFD0", u32(4))
    }

    static func block(of jpeg: [UInt8]) -> [UInt8]? {
        for (marker, range) in segments(jpeg) where marker == 0xE1 && jpeg[range].starts(with: Array("Exif\0".utf8)) {
            return Array(jpeg[range].dropFirst(6))
        }
        return nil
    }

    /// Markers and payloads up to SOS; empty where the chain is broken.
    static func segments(_ jpeg: [UInt8]) -> [(UInt8, Range<Int>)] {
        var result: [(UInt8, Range<Int>)] = []
        var i = 2
        while i + 4 <= jpeg.count {
            guard jpeg[i] == 0xFF else { return [] }
            if jpeg[i + 1] == 0xFF {
                i += 1
                continue
            }
            let length = Int(jpeg[i + 2]) << 8 | Int(jpeg[i + 3])
            guard i + 2 + length <= jpeg.count else { return [] }
            result.append((jpeg[i + 1], i + 4..<i + 2 + length))
            if jpeg[i + 1] == 0xDA { return result }
            i += 2 + length
        }
        return []
    }

    func text(_ key: String) -> String? {
        guard let all = values[key], all.count == 1, all[0].type == 2 else { return nil }
        return String(decoding: all[0].bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    private func u16(_ i: Int) -> Int { big ? Int(b[i]) << 8 | Int(b[i + 1]) : Int(b[i + 1]) << 8 | Int(b[i]) }
    private func u32(_ i: Int) -> Int { big ? u16(i) << 16 | u16(i + 2) : u16(i + 2) << 16 | u16(i) }

    private mutating func walk(_ name: String, _ start: Int) {
        guard start >= 8, start + 2 <= b.count, order[name] == nil else { return }
        order[name] = []
        let n = u16(start)
        for i in 0..<n {
            let at = start + 2 + 12 * i
            guard at + 12 <= b.count else { return }
            let tag = u16(at)
            let type = u16(at + 2)
            let count = u32(at + 4)
            order[name, default: []].append(tag)
            let size = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4][safe: type].map { $0 * count } ?? 0
            let pointer = [0x8769, 0x8825, 0xA005, 0x0201].contains(tag)
            let key = "\(name)/\(String(tag, radix: 16))"
            if size <= 4 {
                values[key, default: []].append(Value(type: type, count: count, bytes: pointer ? [] : Array(b[at + 8..<at + 12]), at: nil))
            } else {
                let value = u32(at + 8)
                let bytes = value <= b.count && size <= b.count - value ? Array(b[value..<value + size]) : []
                values[key, default: []].append(Value(type: type, count: count, bytes: bytes, at: value))
            }
            if tag == 0x8769 { walk("Exif", u32(at + 8)) }
            if tag == 0x8825 { walk("GPS", u32(at + 8)) }
        }
        let next = start + 2 + 12 * n
        if name == "IFD0", next + 4 <= b.count { walk("IFD1", u32(next)) }
        if name == "IFD1", let start = values["IFD1/201"], !start.isEmpty,
            let offset = number("IFD1", 0x201, start: self.start(of: "IFD1")),
            let length = number("IFD1", 0x202, start: self.start(of: "IFD1")), offset + length <= b.count
        {
            values["thumbnail"] = [Value(type: 0, count: length, bytes: Array(b[offset..<offset + length]), at: offset)]
        }
    }

    private func start(of name: String) -> Int {
        let first = u32(4)
        return name == "IFD0" ? first : u32(first + 2 + 12 * u16(first))
    }

    private func number(_ name: String, _ tag: Int, start: Int) -> Int? {
        for i in 0..<u16(start) where u16(start + 2 + 12 * i) == tag { return u32(start + 10 + 12 * i) }
        return nil
    }
}

extension Array {
    subscript(safe i: Int) -> Element? { indices.contains(i) ? self[i] : nil }
}
