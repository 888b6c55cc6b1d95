/// Removes private values from a TIFF block by overwriting them where they stand; no other byte changes or moves.
///
/// The GPS directory keeps its place with nothing but GPSVersionID in it (Exif 2.32 §4.6.6), so that it stays well-formed. Texts become
/// NULs of the same count. IFD1 is taken out of the chain (its offset in IFD0 becomes 0, TIFF 6.0 §2) and overwritten with its picture.
struct ExifPrivacy {
    private let block: TIFFBlock
    private let items: Set<PrivacyItem>
    private let chart: Occupancy
    private(set) var bytes: [UInt8]
    private(set) var gaps: Set<PrivacyGap> = []

    private static let serialTags: Set<Int> = [0xA431, 0xA435, 0xC62F, 0xFDE9]
    private static let ownerTags: Set<Int> = [0x013B, 0x9C9D, 0xA430, 0xA437, 0xFDE8]

    init(_ block: TIFFBlock, _ items: Set<PrivacyItem>) {
        self.block = block
        self.items = items
        chart = Occupancy(block)
        bytes = Array(block.view.bytes)
    }

    /// Does it; the texts removed are added to `texts`.
    mutating func apply(_ texts: inout RemovedTexts) {
        if items.contains(.gps) { for directory in block.directories where directory.role == .gps { removeGPS(directory) } }
        for directory in block.directories where !directory.isNoise {
            for entry in directory.entries {
                if items.contains(.serial), Self.serialTags.contains(entry.tag) { remove(entry, .serial, &texts) }
                if items.contains(.owner), Self.ownerTags.contains(entry.tag) { remove(entry, .owner, &texts) }
            }
        }
        if let note = MakerNote(block) {
            var privacy = MakerNotePrivacy(note, items, bytes)
            privacy.apply(&texts)
            bytes = privacy.bytes
            gaps.formUnion(privacy.gaps)
        }
        if items.contains(.thumbnail) { removeThumbnails() }
    }

    private mutating func fill(_ range: Range<Int>) {
        for i in range.clamped(to: 0..<bytes.count) { bytes[i] = 0 }
    }

    /// Overwrites a value, unless its bytes belong to another one too.
    private mutating func remove(_ entry: TIFFEntry, _ item: PrivacyItem, _ texts: inout RemovedTexts) {
        let range = entry.range.clamped(to: 0..<bytes.count)
        guard entry.size > 0, bytes[range].contains(where: { $0 != 0 }) else { return }
        guard entry.isInline || !chart.isShared(range, except: entry.position) else {
            gaps.insert(.sharedBytes(item))
            return
        }
        texts.add(entry.tag == 0x9C9D ? bytes[range].enumerated().filter { $0.offset % 2 == 0 }.map(\.element)[...] : bytes[range])
        fill(range)
    }

    private mutating func removeGPS(_ directory: TIFFDirectory) {
        guard directory.entries.contains(where: { $0.tag != 0 }) else { return }
        let owners = Set(directory.entries.map(\.position) + [directory.position])
        let ranges =
            [directory.range] + directory.entries.filter { !$0.isInline && $0.size > 0 }.map { $0.range.clamped(to: 0..<bytes.count) }
        guard !ranges.contains(where: { chart.isShared($0, except: owners) }) else {
            gaps.insert(.sharedBytes(.gps))
            return
        }
        ranges.forEach { fill($0) }
        var empty: [UInt8] = []
        empty.append16(1, bigEndian: block.bigEndian)
        empty.append16(0, bigEndian: block.bigEndian)
        empty.append16(1, bigEndian: block.bigEndian)
        empty.append32(4, bigEndian: block.bigEndian)
        empty += [2, 3, 0, 0]
        bytes.replaceSubrange(directory.position..<directory.position + empty.count, with: empty)
    }

    /// Everything behind IFD0 in the chain, and every other JPEG stream in the block (previews in MakerNotes).
    private mutating func removeThumbnails() {
        let removed = block.directories.filter { if case .chain(let link) = $0.role { link > 0 } else { false } }
        if let next = block.image.next, next != 0 {
            let owners = Set(removed.flatMap { [$0.position] + $0.entries.map(\.position) })
            let mine = chart.stretches.filter { owners.contains($0.owner) }.map(\.range)
            let nextField = block.image.nextField..<block.image.nextField + 4
            if removed.contains(where: \.isNoise) || mine.contains(where: { chart.isShared($0, except: owners) })
                || chart.isShared(nextField, except: block.image.position)
            {
                gaps.insert(.sharedBytes(.thumbnail))
            } else {
                mine.forEach { fill($0) }
                fill(nextField)
            }
        }
        removePreviews()
    }

    /// Every other JPEG stream in the block: previews that the MakerNote holds or names.
    private mutating func removePreviews() {
        let note = block.exif?.first(Tag.makerNote)
        var i = 0
        while i + 4 <= bytes.count {
            guard bytes[i] == 0xFF, bytes[i + 1] == 0xD8, bytes[i + 2] == 0xFF, let end = Self.endOfPicture(bytes, i) else {
                i += 1
                continue
            }
            if chart.isShared(i..<end, except: note.map { [$0.position] } ?? []) {
                gaps.insert(.sharedBytes(.thumbnail))
            } else {
                fill(i..<end)
            }
            i = end
        }
    }

    /// Behind the EOI of the JPEG that starts at `start`; nil where none is there.
    private static func endOfPicture(_ bytes: [UInt8], _ start: Int) -> Int? {
        var i = start + 2
        while i + 4 <= bytes.count, bytes[i] == 0xFF, bytes[i + 1] != 0xDA {
            guard bytes[i + 1] >= 0xC0, bytes[i + 1] != 0xD8, bytes[i + 1] != 0xD9 else { return nil }
            i += 2 + Int(bytes[i + 2]) << 8 + Int(bytes[i + 3])
        }
        guard i + 1 < bytes.count, bytes[i] == 0xFF, bytes[i + 1] == 0xDA else { return nil }
        while i + 1 < bytes.count {
            if bytes[i] == 0xFF, bytes[i + 1] == 0xD9 { return i + 2 }
            i += 1
        }
        return bytes.count
    }
}
