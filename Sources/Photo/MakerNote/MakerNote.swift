/// A MakerNote (Exif 2.32 §4.6.5, tag 0x927C) as far as it can be understood without knowing the maker: most are a TIFF
/// directory behind a short signature. It is read only to find what it refers to outside of itself; it is never changed
/// on account of a capture time.
struct MakerNote {
    /// One of its directories.
    struct Directory {
        let directory: TIFFDirectory
        let bigEndian: Bool
        /// The tag in the note's own directory that leads here; nil for that directory itself.
        let parent: Int?
    }

    let block: TIFFBlock
    /// Where it lies in the block.
    let range: Range<Int>
    /// Its directories, nested ones included; empty where none was recognised.
    let directories: [Directory]
    /// What its offsets may count from, as positions in the block: the TIFF header, the note, a header of its own.
    let bases: [Int]
    /// Position of a TIFF header within the note.
    private let ownHeader: Int?

    /// The MakerNote of the Exif IFD, nil where there is none within the block.
    init?(_ block: TIFFBlock) {
        guard let entry = block.exif?.first(Tag.makerNote), entry.isInside, entry.size > 4 else { return nil }
        self.block = block
        range = entry.range
        let view = block.view
        // Samsung's oldest notes are a list of numbers that may look like a directory.
        let isList = view.has("STMN", at: range.lowerBound)
        var directories: [Directory] = []
        var bases = [0, range.lowerBound]
        var ownHeader: Int?
        // "Nikon\0\2…II*\0", "HUAWEI\0\0II*\0": a TIFF header of its own, which its offsets count from.
        for skip in [8, 10, 12] where range.count > skip + 10 {
            let at = range.lowerBound + skip
            let big = view.has("MM\0*", at: at)
            guard big || view.has("II*\0", at: at) else { continue }
            bases.append(at)
            ownHeader = at
            Self.read(view, at: at + view.u32(at + 4, bigEndian: big), bigEndian: big, bases: [at], within: range, depth: 0, &directories)
            break
        }
        if directories.isEmpty, view.has("FUJIFILM", at: range.lowerBound), range.count > 12 {
            let at = range.lowerBound + view.u32(range.lowerBound + 8, bigEndian: false)
            Self.read(view, at: at, bigEndian: false, bases: bases, within: range, depth: 0, &directories)
        }
        if directories.isEmpty, !isList {
            search: for skip in [0, 6, 8, 10, 12, 14, 16, 18, 20] {
                for big in [block.bigEndian, !block.bigEndian] {
                    Self.read(view, at: range.lowerBound + skip, bigEndian: big, bases: bases, within: range, depth: 0, &directories)
                    if !directories.isEmpty { break search }
                }
            }
        }
        self.directories = directories
        self.bases = bases
        self.ownHeader = ownHeader
    }

    /// Reads the directory at `position` where it looks like one, and those that its LONGs lead to.
    private static func read(
        _ view: ByteView, at position: Int, bigEndian: Bool, bases: [Int], within range: Range<Int>, depth: Int, parent: Int? = nil,
        _ result: inout [Directory]
    ) {
        guard depth < 3, result.count < 24, position >= range.lowerBound, position <= view.count - 14,
            !result.contains(where: { $0.directory.position == position })
        else { return }
        let count = view.u16(position, bigEndian: bigEndian)
        guard 1...400 ~= count, position + 2 + 12 * min(count, 2) <= view.count, isPlausible(view, at: position, count, bigEndian),
            let directory = TIFFBlock.directory(view, at: position, bigEndian: bigEndian, role: .sub)
        else { return }
        result.append(Directory(directory: directory, bigEndian: bigEndian, parent: parent))
        for entry in directory.entries {
            let isPointer = entry.count == 1 && (entry.type == 4 || entry.type == 13) && entry.isInside
            // Older Olympus cameras let a directory be the value of an UNDEFINED entry.
            guard isPointer || (entry.type == 7 && entry.size > 20 && entry.tag >= 0x2000) else { continue }
            let offset = isPointer ? view.u32(entry.value, bigEndian: bigEndian) : entry.value
            guard offset >= 8 else { continue }
            for base in bases where offset < view.count - base {
                read(
                    view, at: base + offset, bigEndian: bigEndian, bases: bases, within: range, depth: depth + 1,
                    parent: parent ?? entry.tag, &result)
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

    /// A header of its own settles what offsets count from.
    private var likelyBases: [Int] { ownHeader.map { [$0] } ?? bases }

    /// Every four bytes of the note as a number, in both orders: what may be an offset where the structure is unknown.
    func rawNumbers() -> [Int] {
        let view = block.view
        var result: [Int] = []
        for i in range.lowerBound..<max(range.lowerBound, range.upperBound - 3) {
            result.append(view.u32(i, bigEndian: true))
            result.append(view.u32(i, bigEndian: false))
        }
        return result
    }

    /// Positions in the block of every value outside of an entry, by each base that is possible.
    func valueRanges() -> [Range<Int>] {
        var result: [Range<Int>] = []
        for found in directories {
            for entry in found.directory.entries where !entry.isInline && entry.size > 0 {
                for base in likelyBases { result.append(base + entry.value..<base + entry.value + entry.size) }
            }
            // A preview by offset and length, as Nikon's preview directory has it.
            if let start = number(found, Tag.jpegOffset), let length = number(found, Tag.jpegLength), start > 0 {
                for base in likelyBases { result.append(base + start..<base + start + length) }
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

    /// What the offsets of the note's own directory count from, as far as can be told; nil where by no base most values lie within the note.
    ///
    /// A header of its own settles it. Else makers let values follow their directory at once: the base by which they do is taken,
    /// and where none does, because a program moved the note without mending its offsets, the one that mends them.
    var credibleBase: Int? {
        guard let main = directories.first?.directory else { return nil }
        let values = main.entries.filter { !$0.isInline && $0.size > 0 }
        guard let first = values.map(\.value).min() else { return ownHeader ?? 0 }
        func inside(_ base: Int) -> Int {
            values.count { base + $0.value >= range.lowerBound && base + $0.value + $0.size <= range.upperBound }
        }
        func follows(_ base: Int) -> Bool { 0...16 ~= base + first - main.range.upperBound }
        if let ownHeader { return inside(ownHeader) * 2 >= values.count ? ownHeader : nil }
        let candidates = [0, range.lowerBound]
        if let base = candidates.first(where: { follows($0) && inside($0) * 2 >= values.count }) { return base }
        if let base = candidates.first(where: { inside($0) == values.count }) { return base }
        let mended = main.range.upperBound - first
        if inside(mended) == values.count { return mended }
        return candidates.max { inside($0) < inside($1) }.flatMap { inside($0) * 2 >= values.count ? $0 : nil }
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
