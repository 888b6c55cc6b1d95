/// One 12-byte entry of an image file directory (TIFF 6.0 §2, "IFD Entry").
struct TIFFEntry: Sendable {
    let tag: Int
    let type: Int
    let count: Int
    /// Position of the entry's 12 bytes in the block.
    let position: Int
    /// Position of the value: within the entry up to 4 bytes, else where the entry's offset points, checked or not.
    let value: Int
    /// Size of the value in bytes; 0 where the type is unknown.
    let size: Int
    /// True where the whole value lies within the block.
    let isInside: Bool

    /// The value's bytes are within the entry itself.
    var isInline: Bool { value == position + 8 }

    /// Positions of the value's bytes; empty where the offset points behind any block.
    var range: Range<Int> { value..<value + size }

    /// Size of one element of a type (TIFF 6.0 §2; 13 is IFD, TIFF Technical Note 1; 129 UTF-8, Exif 3.0); nil for unknown types.
    static func elementSize(_ type: Int) -> Int? {
        switch type {
        case 1, 2, 6, 7, 129: 1
        case 3, 8: 2
        case 4, 9, 11, 13: 4
        case 5, 10, 12: 8
        default: nil
        }
    }
}

/// An image file directory: entries in the order in which they stand, and the field that names the next one.
struct TIFFDirectory: Sendable {
    /// What a directory is, by the way that led to it.
    enum Role: Sendable, Hashable {
        /// The chain of the header: 0 is the image, 1 its thumbnail.
        case chain(Int)
        /// Pointer 0x8769.
        case exif
        /// Pointer 0x8825.
        case gps
        /// Pointer 0xA005.
        case interoperability
        /// Pointer 0x014A.
        case sub
    }

    let role: Role
    /// Position of the entry count.
    let position: Int
    let entries: [TIFFEntry]
    /// What the count field says, which may be more than the block holds.
    let statedCount: Int
    /// The next-IFD field, nil where the block ends before it.
    let next: Int?

    /// The count field says more entries than the block holds.
    var isCut: Bool { entries.count < statedCount }

    /// The block's end cuts it, and half of its first entries have types that do not exist: the offset that led here was
    /// never one (some editors leave out IFD0's next-IFD field, so that a value stands there). Its values mean nothing.
    var isNoise: Bool {
        let first = entries.prefix(8)
        return isCut && first.count { TIFFEntry.elementSize($0.type) == nil } * 2 >= first.count
    }

    /// Positions of the count, the entries and the next-IFD field.
    var range: Range<Int> { position..<position + 2 + entries.count * 12 + (next == nil ? 0 : 4) }

    /// Position of the next-IFD field, where there is one.
    var nextField: Int { position + 2 + entries.count * 12 }

    func all(_ tag: Int) -> [TIFFEntry] { entries.filter { $0.tag == tag } }

    func first(_ tag: Int) -> TIFFEntry? { entries.first { $0.tag == tag } }
}

/// The tags that this program reads or writes (Exif 2.32 §4.6).
enum Tag {
    static let make = 0x010F
    static let model = 0x0110
    static let stripOffsets = 0x0111
    static let orientation = 0x0112
    static let stripByteCounts = 0x0117
    static let artist = 0x013B
    static let subIFDs = 0x014A
    static let jpegOffset = 0x0201
    static let jpegLength = 0x0202
    static let exifPointer = 0x8769
    static let gpsPointer = 0x8825
    static let exifVersion = 0x9000
    static let dateTimeOriginal = 0x9003
    static let offsetTimeOriginal = 0x9011
    static let makerNote = 0x927C
    static let subSecTimeOriginal = 0x9291
    static let interoperabilityPointer = 0xA005
    static let bodySerialNumber = 0xA431

    /// Tags whose values are offsets of directories.
    static let pointers: Set<Int> = [exifPointer, gpsPointer, interoperabilityPointer, subIFDs]
}
