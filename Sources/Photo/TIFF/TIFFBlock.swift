/// A TIFF block as Exif embeds it (Exif 2.32 §4.5): all of its directories that standard pointers lead to, each checked.
///
/// Every offset and count is hostile until checked. Positions are `Int`s made from 32-bit fields, so that no sum of two
/// overflows; a directory is visited once, so that no loop exists.
struct TIFFBlock: Sendable {
    let view: ByteView
    let bigEndian: Bool
    /// Every directory found, IFD0 first.
    private(set) var directories: [TIFFDirectory] = []
    /// Directory offsets that point outside the block.
    private(set) var lostDirectories: [Int] = []

    /// Parses the block; throws `Refusal.exifUnreadable` where the header, IFD0 or the way to the Exif IFD is not sound.
    init(_ view: ByteView) throws(Refusal) {
        self.view = view
        guard view.count >= 8 else { throw .exifUnreadable(.header) }
        switch (view[0], view[1]) {
        case (0x49, 0x49): bigEndian = false
        case (0x4D, 0x4D): bigEndian = true
        default: throw .exifUnreadable(.byteOrder)
        }
        guard view.u16(2, bigEndian: bigEndian) == 42 else { throw .exifUnreadable(.magic) }
        var offset = view.u32(4, bigEndian: bigEndian)
        directories.reserveCapacity(6)
        guard offset >= 8, offset <= view.count - 2 else { throw .exifUnreadable(.firstDirectory) }
        // What IFD0 points at is visited before the chain goes on: a hostile chain cannot claim the Exif IFD for its own.
        for link in 0...Self.longestChain where offset != 0 {
            guard visit(offset, .chain(link)), let directory = directories.last else { break }
            follow(directory)
            offset = directory.next ?? 0
        }
        guard let first = directories.first, !first.isCut else { throw .exifUnreadable(.firstDirectory) }
        try checkExifPointer(of: first)
    }

    private static let longestChain = 8

    /// Visits the sub-directories of `directory`.
    private mutating func follow(_ directory: TIFFDirectory) {
        for entry in directory.entries {
            let role: TIFFDirectory.Role
            switch entry.tag {
            case Tag.exifPointer: role = .exif
            case Tag.gpsPointer: role = .gps
            case Tag.interoperabilityPointer: role = .interoperability
            case Tag.subIFDs: role = .sub
            default: continue
            }
            guard entry.type == 4 || entry.type == 13, entry.isInside, entry.count == 1 || (role == .sub && entry.count <= 16) else {
                continue
            }
            for i in 0..<entry.count {
                let target = view.u32(entry.value + 4 * i, bigEndian: bigEndian)
                if visit(target, role), let found = directories.last { follow(found) }
            }
        }
    }

    /// Reads the directory at `offset`, unless it was read before or lies outside; true where it was read.
    private mutating func visit(_ offset: Int, _ role: TIFFDirectory.Role) -> Bool {
        guard !directories.contains(where: { $0.position == offset }), directories.count < 40 else { return false }
        guard let directory = Self.directory(view, at: offset, bigEndian: bigEndian, role: role) else {
            if offset != 0 { lostDirectories.append(offset) }
            return false
        }
        directories.append(directory)
        return true
    }

    /// Reads the directory at `position`; nil where not even its count lies within the view.
    static func directory(_ view: ByteView, at position: Int, bigEndian: Bool, role: TIFFDirectory.Role) -> TIFFDirectory? {
        guard position >= 0, position <= view.count - 2 else { return nil }
        let stated = view.u16(position, bigEndian: bigEndian)
        let count = min(stated, (view.count - position - 2) / 12)
        var entries: [TIFFEntry] = []
        entries.reserveCapacity(count)
        for i in 0..<count {
            entries.append(entry(view, at: position + 2 + 12 * i, bigEndian: bigEndian))
        }
        let end = position + 2 + 12 * stated
        let next = count == stated && end + 4 <= view.count ? view.u32(end, bigEndian: bigEndian) : nil
        return TIFFDirectory(role: role, position: position, entries: entries, statedCount: stated, next: next)
    }

    private static func entry(_ view: ByteView, at position: Int, bigEndian: Bool) -> TIFFEntry {
        let type = view.u16(position + 2, bigEndian: bigEndian)
        let count = view.u32(position + 4, bigEndian: bigEndian)
        let element = TIFFEntry.elementSize(type)
        let size = (element ?? 0) * count
        let value = element != nil && size > 4 ? view.u32(position + 8, bigEndian: bigEndian) : position + 8
        return TIFFEntry(
            tag: view.u16(position, bigEndian: bigEndian), type: type, count: count, position: position, value: value, size: size,
            isInside: element != nil && value <= view.count && size <= view.count - value)
    }

    private func checkExifPointer(of first: TIFFDirectory) throws(Refusal) {
        let pointers = first.all(Tag.exifPointer)
        guard let pointer = pointers.first else { return }
        guard pointers.count == 1 else { throw .duplicateTag(Tag.exifPointer) }
        guard pointer.type == 4 || pointer.type == 13, pointer.count == 1,
            let exif = directories.first(where: { $0.position == view.u32(pointer.value, bigEndian: bigEndian) }),
            exif.role == .exif, !exif.isCut
        else { throw .exifUnreadable(.exifDirectory) }
    }

    /// IFD0.
    var image: TIFFDirectory { directories[0] }

    /// The Exif IFD that IFD0 points at.
    var exif: TIFFDirectory? {
        guard let pointer = image.first(Tag.exifPointer) else { return nil }
        let target = view.u32(pointer.value, bigEndian: bigEndian)
        return directories.first { $0.position == target && $0.role == .exif }
    }

    /// The directory of a role, the first where several exist.
    func directory(_ role: TIFFDirectory.Role) -> TIFFDirectory? { directories.first { $0.role == role } }

    /// The only element of a SHORT, LONG or IFD entry.
    func number(_ entry: TIFFEntry?) -> Int? {
        guard let entry, entry.count == 1 else { return nil }
        return element(entry, 0)
    }

    /// Element `i` of a SHORT, LONG or IFD entry.
    func element(_ entry: TIFFEntry, _ i: Int) -> Int? {
        guard entry.isInside, i < entry.count else { return nil }
        return switch entry.type {
        case 3: view.u16(entry.value + 2 * i, bigEndian: bigEndian)
        case 4, 13: view.u32(entry.value + 4 * i, bigEndian: bigEndian)
        default: nil
        }
    }

    /// The text of an ASCII entry, without its NULs and the blanks around it; nil where it is empty or none.
    func text(_ entry: TIFFEntry?) -> String? {
        guard let entry, entry.isInside, entry.type == 2 || entry.type == 129 || entry.type == 7, entry.size <= 4096 else { return nil }
        var bytes = view[entry.range].prefix { $0 != 0 }
        while let last = bytes.last, last == 32 { bytes.removeLast() }
        while let first = bytes.first, first == 32 { bytes.removeFirst() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
