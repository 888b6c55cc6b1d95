/// Random numbers that are the same on every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}

extension BlockBuilder {
    /// A block as nobody would write it, but a reader can still follow: any entries in any order, odd counts, MakerNotes with absolute
    /// offsets, values that overlap or overrun, zeros or bytes at the end.
    static func random(_ numbers: inout SeededNumbers) -> BlockBuilder {
        var block = BlockBuilder()
        block.bigEndian = numbers.chance(50)
        block.oddValues = numbers.chance(20)
        block.pointerType = numbers.chance(10) ? 13 : 4
        block.image = entries([0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x0131, 0x0132, 0x013B, 0x8298, 0xC4A5], block, &numbers)
        if numbers.chance(92) {
            var exif = entries(
                [0x829A, 0x829D, 0x8827, 0x9000, 0x9004, 0x9101, 0x9201, 0x9286, 0x9290, 0x9291, 0xA000, 0xA001, 0xA431], block, &numbers)
            if numbers.chance(85) { exif.append(time(0x9003, 20, &numbers)) }
            if numbers.chance(30) { exif.append(time(0x9011, 7, &numbers)) }
            if numbers.chance(60) { exif.append(undefined(0x927C, note(block, &numbers))) }
            block.exif = numbers.chance(90) ? exif.sorted { $0.tag < $1.tag } : exif.shuffled(using: &numbers)
        }
        if numbers.chance(30) { block.gps = entries([0, 1, 2, 3, 4, 5, 6, 7, 0x1D], block, &numbers) }
        if numbers.chance(50) {
            block.thumbnailDirectory = entries([0x0103, 0x011A, 0x0132], block, &numbers)
            block.thumbnail = [0xFF, 0xD8, 0xFF, 0xDB] + numbers.bytes(Int.random(in: 0...900, using: &numbers)) + [0xFF, 0xD9]
        }
        if numbers.chance(30) { block.tail = [UInt8](repeating: 0, count: Int.random(in: 1...600, using: &numbers)) }
        if numbers.chance(10) { block.tail += numbers.bytes(Int.random(in: 1...50, using: &numbers)) }
        return block
    }

    private static func entries(_ tags: [Int], _ block: BlockBuilder, _ numbers: inout SeededNumbers) -> [Entry] {
        var result: [Entry] = []
        for tag in tags where numbers.chance(60) {
            let type = [1, 2, 3, 4, 5, 7, 9, 10].randomElement(using: &numbers) ?? 1
            let size = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8][type]
            let count = Int.random(in: 1...40, using: &numbers)
            var bytes =
                type == 2 ? (0..<count - 1).map { _ in UInt8.random(in: 65...90, using: &numbers) } + [0] : numbers.bytes(count * size)
            var pointsAt: Int?
            if count * size > 4, numbers.chance(3) {
                // Over something else, over the end, or behind it.
                pointsAt = Int.random(in: 8...2500, using: &numbers)
                bytes = []
            }
            result.append(Entry(tag: tag, type: type, count: count, bytes: bytes, pointsAt: pointsAt))
        }
        return result
    }

    private static func time(_ tag: Int, _ count: Int, _ numbers: inout SeededNumbers) -> Entry {
        let text = tag == 0x9003 ? "2019:03:21 08:09:10" : "+02:00"
        switch Int.random(in: 0..<12, using: &numbers) {
        case 0: return ascii(tag, text, count: count + Int.random(in: 1...50, using: &numbers))
        case 1: return ascii(tag, text, count: Int.random(in: 1..<count, using: &numbers))
        case 2: return undefined(tag, Array(text.utf8) + [0])
        case 3: return Entry(tag: tag, type: 2, count: count, bytes: [], pointsAt: Int.random(in: 0...2500, using: &numbers))
        case 4: return ascii(tag, String(repeating: " ", count: count - 1))
        default: return ascii(tag, text)
        }
    }

    /// A MakerNote: a directory with offsets that count from the TIFF header, or no directory at all.
    private static func note(_ block: BlockBuilder, _ numbers: inout SeededNumbers) -> [UInt8] {
        guard numbers.chance(80) else { return numbers.bytes(Int.random(in: 5...300, using: &numbers)) }
        let n = Int.random(in: 1...12, using: &numbers)
        var note = block.u16(n)
        for tag in 1...n {
            let type = [2, 3, 4, 7].randomElement(using: &numbers) ?? 4
            let at = Int.random(in: 8...3000, using: &numbers)
            note += block.u16(tag) + block.u16(type) + block.u32(Int.random(in: 1...30, using: &numbers)) + block.u32(at)
        }
        return note + block.u32(0) + numbers.bytes(Int.random(in: 0...200, using: &numbers))
    }
}
