/// A MakerNote (Exif 2.32 §4.6.5, tag 0x927C) as far as it can be understood without knowing the maker: most are a TIFF
/// directory behind a short signature. It is read only to find what it refers to outside of itself; it is never changed
/// on account of a capture time.
struct MakerNote {
    /// One of its directories.
    struct Directory {
        let directory: TIFFDirectory
        let bigEndian: Bool
    }

    let block: TIFFBlock
    /// Where it lies in the block.
    let range: Range<Int>
    /// Its directories, nested ones included; empty where none was recognised.
    let directories: [Directory]
    /// What its offsets may count from, as positions in the block: the TIFF header, the note, a header of its own.
    let bases: [Int]

    /// The MakerNote of the Exif IFD, nil where there is none within the block.
    init?(_ block: TIFFBlock) {
        guard let entry = block.exif?.first(Tag.makerNote), entry.isInside, entry.size > 4 else { return nil }
        self.block = block
        range = entry.range
        let view = block.view
        var directories: [Directory] = []
        var bases = [0, range.lowerBound]
        // "Nikon\0\2…II*\0", "HUAWEI\0\0II*\0": a TIFF header of its own, which its offsets count from.
        for skip in [8, 10, 12] where range.count > skip + 10 {
            let at = range.lowerBound + skip
            let big = view.has("MM\0*", at: at)
            guard big || view.has("II*\0", at: at) else { continue }
            bases.append(at)
            Self.read(view, at: at + view.u32(at + 4, bigEndian: big), bigEndian: big, bases: [at], within: range, depth: 0, &directories)
            break
        }
        if directories.isEmpty, view.has("FUJIFILM", at: range.lowerBound), range.count > 12 {
            let at = range.lowerBound + view.u32(range.lowerBound + 8, bigEndian: false)
            Self.read(view, at: at, bigEndian: false, bases: bases, within: range, depth: 0, &directories)
        }
        if directories.isEmpty {
            search: for skip in [0, 6, 8, 10, 12, 14, 16, 18, 20] {
                for big in [block.bigEndian, !block.bigEndian] {
                    Self.read(view, at: range.lowerBound + skip, bigEndian: big, bases: bases, within: range, depth: 0, &directories)
                    if !directories.isEmpty { break search }
                }
            }
        }
        self.directories = directories
        self.bases = bases
    }

    /// Reads the directory at `position` where it looks like one, and those that its LONGs lead to.
    private static func read(
        _ view: ByteView, at position: Int, bigEndian: Bool, bases: [Int], within range: Range<Int>, depth: Int,
        _ result: inout [Directory]
    ) {
        guard depth < 3, result.count < 24, position >= range.lowerBound, position <= view.count - 14,
            !result.contains(where: { $0.directory.position == position })
        else { return }
        let count = view.u16(position, bigEndian: bigEndian)
        guard 1...400 ~= count, position + 2 + 12 * min(count, 2) <= view.count, isPlausible(view, at: position, count, bigEndian),
            let directory = TIFFBlock.directory(view, at: position, bigEndian: bigEndian, role: .sub)
        else { return }
        result.append(Directory(directory: directory, bigEndian: bigEndian))
        for entry in directory.entries where entry.count == 1 && (entry.type == 4 || entry.type == 13) && entry.isInside {
            let offset = view.u32(entry.value, bigEndian: bigEndian)
            guard offset >= 8 else { continue }
            for base in bases where offset < view.count - base {
                read(view, at: base + offset, bigEndian: bigEndian, bases: bases, within: range, depth: depth + 1, &result)
            }
        }
    }

    /// Nine of ten entries have a type that exists (16 and 17 are BigTIFF's, which Apple uses) and a count of some sense.
    private static func isPlausible(_ view: ByteView, at position: Int, _ count: Int, _ bigEndian: Bool) -> Bool {
        let held = min(count, (view.count - position - 2) / 12)
        var strange = 0
        for i in 0..<held {
            let at = position + 2 + 12 * i
            let type = view.u16(at + 2, bigEndian: bigEndian)
            if !(1...13 ~= type || 16...17 ~= type) || view.u32(at + 4, bigEndian: bigEndian) > 0x1_000_000 { strange += 1 }
            if i == 0, strange == 1, view.u16(at + 2, bigEndian: bigEndian) != 0 { return false }
        }
        return held * 2 >= count && strange * 10 <= held
    }

    /// Positions in the block of every value outside of an entry, by each base that is possible.
    func valueRanges() -> [Range<Int>] {
        var result: [Range<Int>] = []
        for found in directories {
            for entry in found.directory.entries where !entry.isInline && entry.size > 0 {
                for base in bases { result.append(base + entry.value..<base + entry.value + entry.size) }
            }
            // A preview by offset and length, as Nikon's preview directory has it.
            if let start = number(found, Tag.jpegOffset), let length = number(found, Tag.jpegLength), start > 0 {
                for base in bases { result.append(base + start..<base + start + length) }
            }
        }
        return result
    }

    private func number(_ found: Directory, _ tag: Int) -> Int? {
        guard let entry = found.directory.first(tag), entry.isInside, entry.isInline, entry.type == 4 || entry.type == 13 else {
            return nil
        }
        return block.view.u32(entry.value, bigEndian: found.bigEndian)
    }

    /// Every number that may be an offset: LONGs, alone and in short arrays, and the offsets of values behind the block.
    func offsets() -> [Int] {
        var result: [Int] = []
        for found in directories {
            for entry in found.directory.entries {
                if !entry.isInline, !entry.isInside { result.append(entry.value) }
                guard entry.type == 4 || entry.type == 13, entry.count <= 64 else { continue }
                for base in entry.isInline ? [0] : bases {
                    let start = base + entry.value
                    guard start + entry.size <= block.view.count else { continue }
                    for i in 0..<entry.count { result.append(block.view.u32(start + 4 * i, bigEndian: found.bigEndian)) }
                }
            }
        }
        return result
    }

    /// The base by which most values lie within the note, as makers place them; nil where most lie outside by every base,
    /// because a program moved the note without mending its offsets.
    var credibleBase: Int? {
        var best = (base: 0, inside: 0)
        var all = 0
        for base in bases {
            var inside = 0
            all = 0
            for found in directories {
                for entry in found.directory.entries where !entry.isInline && entry.size > 0 {
                    all += 1
                    if base + entry.value >= range.lowerBound, base + entry.value + entry.size <= range.upperBound { inside += 1 }
                }
            }
            if inside > best.inside { best = (base, inside) }
        }
        return best.inside * 2 >= all && all > 0 ? best.base : nil
    }

    /// True where some four bytes of the note, read in either order, name a position within `zone` by one of the bases:
    /// the question to ask of a note whose structure is unknown.
    func mayName(_ zone: Range<Int>) -> Bool {
        let view = block.view
        for i in range.lowerBound..<max(range.lowerBound, range.upperBound - 3) {
            let big = view.u32(i, bigEndian: true)
            let little = view.u32(i, bigEndian: false)
            if bases.contains(where: { zone.contains($0 + big) || zone.contains($0 + little) }) { return true }
        }
        return false
    }
}
