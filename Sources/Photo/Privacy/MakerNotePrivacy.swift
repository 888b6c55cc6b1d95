/// Removes serial numbers, owners' names and places from the MakerNotes whose tags are known (ExifTool's tables name them). What a known tag
/// names and cannot be reached, and what a maker is known to keep in another form, is a gap.
struct MakerNotePrivacy {
    private let note: MakerNote
    private let items: Set<PrivacyItem>
    private(set) var bytes: [UInt8]
    private(set) var gaps: Set<PrivacyGap> = []

    init(_ note: MakerNote, _ items: Set<PrivacyItem>, _ bytes: [UInt8]) {
        self.note = note
        self.items = items
        self.bytes = bytes
    }

    /// What to do with a tag's value.
    private enum Removal {
        /// NULs over all of it.
        case all(PrivacyItem)
        /// NULs over some of its bytes.
        case part(PrivacyItem, Range<Int>)
        /// Nikon's serial number is the key to other values, by its last eight bits: these stay, in decimal digits.
        case nikonKey

        var item: PrivacyItem {
            switch self {
            case .all(let item), .part(let item, _): item
            case .nikonKey: .serial
            }
        }
    }

    /// Tags by maker, the maker by the first word of Make; `parent` is the tag that leads to a nested directory.
    private static func removals(_ maker: String, _ model: String, _ parent: Int?) -> [Int: Removal] {
        if let parent {
            // Olympus' Equipment.
            guard maker == "olympus" || maker == "om", parent == 0x2010 else { return [:] }
            return [0x0101: .all(.serial), 0x0102: .all(.serial), 0x0202: .all(.serial), 0x0302: .all(.serial), 0x1003: .all(.serial)]
        }
        switch maker {
        case "canon": return [0x0009: .all(.owner), 0x000C: .all(.serial), 0x0096: .all(.serial), 0x4019: .part(.serial, 0..<5)]
        case "nikon": return [0x001D: .nikonKey, 0x00A0: .all(.serial), 0x0039: .part(.gps, 4..<Int.max)]
        case "olympus", "om":
            return [0x0404: .all(.serial), 0x101A: .all(.serial)]
        case "panasonic", "leica":
            return [
                0x0025: .all(.serial), 0x0052: .all(.serial), 0x0054: .all(.serial), 0x0067: .all(.gps), 0x0069: .all(.gps),
                0x006B: .all(.gps),
                0x006D: .all(.gps), 0x006F: .all(.gps),
            ]
        case "fujifilm", "ge", "general": return [0x0010: .all(.serial)]
        case "pentax", "asahi": return [0x0229: .all(.serial), 0x0215: .part(.serial, 16..<20)]
        case "ricoh": return [0x0229: .all(.serial), 0x0005: .all(.serial)]
        case "nintendo": return [0x1101: .part(.serial, 0x18..<0x1C)]
        case "samsung": return [0x0030: .all(.gps), 0x0031: .all(.gps), 0xA002: .all(.serial), 0xA005: .all(.serial)]
        case "motorola": return [0x5501: .all(.serial)]
        case "sony": return [0x2031: .all(.serial), 0x9050: .part(.serial, sonySerial(model))]
        case "sigma", "foveon": return [0x0002: .all(.serial)]
        default: return [:]
        }
    }

    /// Where Sony keeps the serial number in tag 0x9050 (ExifTool's Sony.pm, Tag9050a to c). Its cipher replaces each byte by another and zero by
    /// zero, so that zeros may stand there unenciphered.
    private static func sonySerial(_ model: String) -> Range<Int> {
        func isAny(_ names: String...) -> Bool { names.contains { model.hasPrefix($0) } }
        if isAny("SLT-", "HV", "ILCA-"), !isAny("ILCA-99M2") { return 0xF0..<0xF5 }
        let first = [
            "ILCE-3000", "ILCE-3500", "ILCE-5000", "ILCE-5100", "ILCE-6000", "ILCE-7", "ILCE-7R", "ILCE-7S", "ILCE-7M2", "ILCE-QX1",
        ]
        if isAny("NEX-") || first.contains(model) { return 0x7C..<0x80 }
        if isAny("DSC-", "Stellar", "DSLR-", "Lunar") { return 0..<0 }
        return 0x88..<0x90
    }

    /// Makers that keep serial numbers in a form of their own.
    private static let sealed: Set<String> = ["kodak", "eastman", "hp", "hewlett-packard", "reconyx", "phase", "leaf"]

    mutating func apply(_ texts: inout RemovedTexts) {
        let make = note.block.text(note.block.image.first(Tag.make)) ?? ""
        let maker = String(make.lowercased().prefix { $0 != " " && $0 != "_" })
        let model = note.block.text(note.block.image.first(Tag.model)) ?? ""
        if items.contains(.serial), Self.sealed.contains(maker) { gaps.insert(.unreadable("its maker note")) }
        let known = Self.removals(maker, model, nil)
        if known.isEmpty, !Self.sealed.contains(maker), items.contains(.serial) { gaps.insert(.makerNote) }
        guard let base = note.credibleBase, !note.directories.isEmpty else {
            if known.values.contains(where: { items.contains($0.item) }) { gaps.insert(.unreadable("its maker note")) }
            return
        }
        for found in note.directories {
            if items.contains(.thumbnail), found.parent != nil { removePreview(found, base) }
            let removals = Self.removals(maker, model, found.parent)
            for entry in found.directory.entries {
                guard let removal = removals[entry.tag], entry.size > 0 else { continue }
                let start = entry.isInline ? entry.value : base + entry.value
                let value = start..<start + entry.size
                // Only within the note: outside of it a wrong base would hit other values.
                guard value.lowerBound >= note.range.lowerBound, value.upperBound <= note.range.upperBound else {
                    if value.lowerBound < bytes.count, items.contains(removal.item) { gaps.insert(.unreadable("its maker note")) }
                    continue
                }
                guard entry.type != 2 || bytes[value].allSatisfy({ $0 == 0 || 32...126 ~= $0 }) else {
                    if items.contains(removal.item) { gaps.insert(.unreadable("its maker note")) }
                    continue
                }
                apply(removal, entry, value, &texts)
            }
        }
    }

    /// A preview by offset and length, as Nikon has it: picture, offset and length become zeros.
    private mutating func removePreview(_ found: MakerNote.Directory, _ base: Int) {
        guard let start = found.directory.first(Tag.jpegOffset), let length = found.directory.first(Tag.jpegLength), start.type == 4,
            length.type == 4, start.count == 1, length.count == 1, length.value + 4 <= bytes.count
        else { return }
        let view = note.block.view
        let at = base + view.u32(start.value, bigEndian: found.bigEndian)
        let size = view.u32(length.value, bigEndian: found.bigEndian)
        guard at >= note.range.lowerBound, size <= view.count - at, size > 2, bytes[at] == 0xFF, bytes[at + 1] == 0xD8 else { return }
        for range in [at..<at + size, start.value..<start.value + 4, length.value..<length.value + 4] {
            for i in range { bytes[i] = 0 }
        }
    }

    private mutating func apply(_ removal: Removal, _ entry: TIFFEntry, _ value: Range<Int>, _ texts: inout RemovedTexts) {
        let range: Range<Int>
        let item: PrivacyItem
        switch removal {
        case .all(let what):
            item = what
            range = value
        case .part(let what, let part):
            item = what
            range =
                min(
                    value.upperBound, value.lowerBound + part.lowerBound)..<min(
                    value.upperBound, value.lowerBound + min(part.upperBound, entry.size))
        case .nikonKey:
            guard items.contains(.serial), entry.type == 2 else { return }
            texts.add(bytes[value])
            let digits = bytes[value].prefix { $0 != 0 }
            let number = digits.reduce(0) { 48...57 ~= $1 ? ($0 * 10 + Int($1 - 48)) % 256 : -1 << 40 }
            for (i, at) in value.prefix(digits.count).enumerated() {
                let place = digits.count - 1 - i
                let digit = number >= 0 && place < 3 ? number / [1, 10, 100][place] % 10 : 0
                bytes[at] = number >= 0 ? 48 + UInt8(digit) : 0
            }
            return
        }
        guard items.contains(item) else { return }
        // Numbers in binary are no text that could stand elsewhere; their bytes would be found by chance.
        if entry.type == 2 || entry.type == 7, bytes[range].allSatisfy({ $0 == 0 || $0 >= 32 && $0 != 127 }), range.count == value.count {
            texts.add(bytes[range])
        }
        for i in range { bytes[i] = 0 }
    }
}
