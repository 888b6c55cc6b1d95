/// Which bytes of a TIFF block serve a known purpose: what must not change, and what lies behind the last of it.
///
/// A MakerNote counts as one value; where its entries point outside of itself, those bytes count too.
struct Occupancy {
    /// One purpose.
    struct Stretch {
        /// Positions in the block, cut at its end.
        let range: Range<Int>
        /// Position of the entry or directory that owns the bytes.
        let owner: Int
    }

    private(set) var stretches: [Stretch] = []
    /// The first position behind everything known, inside the block or behind it (a thumbnail that overruns the block).
    private(set) var end = 8
    /// Where values end that begin in the block and overrun it; no reader takes them now.
    private(set) var overruns: [Int] = []
    /// Positions behind the block at which a value or a directory begins.
    private(set) var dangling: [Int] = []
    /// Positions behind the block at which a thumbnail is said to begin.
    private(set) var picturesBehind: [Int] = []
    /// A directory goes on behind the block: longer, the block would show entries that it did not show before.
    private(set) var hasCutDirectory = false
    /// The MakerNote lies behind the block.
    private(set) var makerNoteBehind = false

    private let limit: Int

    /// Charts `block`; entries at the positions of `leaving` are about to get new values, so that their old ones do not count, and
    /// the directory at `leavingDirectory` is about to be copied elsewhere.
    init(_ block: TIFFBlock, leaving: [Int] = [], leavingDirectory: Int? = nil) {
        limit = block.view.count
        stretches.reserveCapacity(96)
        add(0, 8, owner: 0)
        for directory in block.directories {
            let isLeaving = directory.position == leavingDirectory
            // A directory that the block's end cuts, or whose next-IFD field it cuts, must not go on in appended bytes.
            let stated = 2 + 12 * directory.statedCount + 4
            add(directory.position, isLeaving ? min(stated, limit - directory.position) : stated, owner: directory.position)
            if directory.isCut { hasCutDirectory = true }
            if directory.isNoise { continue }
            for entry in directory.entries where !entry.isInline && entry.size > 0 && !leaving.contains(entry.position) {
                if entry.tag == Tag.makerNote, entry.value >= limit { makerNoteBehind = true }
                if entry.value < limit, entry.value + entry.size > limit {
                    overruns.append(entry.value + entry.size)
                } else {
                    add(entry.value, entry.size, owner: entry.position)
                }
            }
            addPictures(of: directory, in: block)
        }
        dangling += block.lostDirectories.filter { $0 >= limit - 1 }
    }

    private mutating func add(_ position: Int, _ size: Int, owner: Int) {
        guard position < limit else {
            dangling.append(position)
            return
        }
        stretches.append(Stretch(range: position..<min(limit, position + size), owner: owner))
        end = max(end, position + size)
    }

    /// Thumbnails and other pictures by offset and length (Exif 2.32 §4.5.8; TIFF 6.0 §8, StripOffsets).
    private mutating func addPictures(of directory: TIFFDirectory, in block: TIFFBlock) {
        if let entry = directory.first(Tag.jpegOffset), let start = block.number(entry), start > 0 {
            let length = block.number(directory.first(Tag.jpegLength)) ?? 0
            if start >= limit, length > 0 { picturesBehind.append(start) }
            if length > 0 { add(start, length, owner: entry.position) }
        }
        guard let offsets = directory.first(Tag.stripOffsets), let counts = directory.first(Tag.stripByteCounts), offsets.isInside,
            counts.isInside, offsets.count == counts.count, offsets.count <= 256, directory.role != .chain(0)
        else { return }
        for i in 0..<offsets.count {
            guard let start = block.element(offsets, i), let length = block.element(counts, i), length > 0 else { return }
            add(start, length, owner: offsets.position)
        }
    }

    /// True where `range` holds bytes that something other than `owner` needs.
    func isShared(_ range: Range<Int>, except owner: Int) -> Bool {
        stretches.contains { $0.owner != owner && $0.range.overlaps(range) }
    }

    /// True where `range` holds bytes that something other than `owners` needs.
    func isShared(_ range: Range<Int>, except owners: Set<Int>) -> Bool {
        stretches.contains { $0.range.overlaps(range) && !owners.contains($0.owner) }
    }
}
