/// Why a photo is left exactly as it is although a rule asked for a change: no way to make it was proven safe.
public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// What of an Exif block could not be read.
    public enum ExifPart: Sendable, Hashable {
        /// Fewer bytes than a TIFF header has.
        case header
        /// Neither `II` nor `MM`.
        case byteOrder
        /// Not 42.
        case magic
        /// IFD0 lies outside the block.
        case firstDirectory
        /// The pointer to the Exif IFD leads nowhere, or to something else.
        case exifDirectory
    }

    /// The file does not start as a JPEG does.
    case notJPEG
    /// The file ends before its image data.
    case noImage
    /// A segment's length leads behind the end of the file, or is impossible; position in the file in bytes.
    case segmentTruncated(marker: UInt8, at: Int64)
    /// Bytes between two segments belong to neither; position in the file in bytes.
    case garbageBetweenSegments(at: Int64)
    /// More marker segments than any photo has.
    case tooManySegments
    /// Stray bytes in front of `Exif` in its segment: some readers take it for Exif, others do not.
    case misplacedExif
    /// The Exif block cannot be read.
    case exifUnreadable(ExifPart)
    /// A tag that must stand once stands twice: readers disagree about which one counts.
    case duplicateTag(Int)
    /// Several Exif segments hold a capture time each.
    case severalCaptureTimes
    /// The capture time needs room, and there is none that moves nothing.
    case noRoom(GrowthObstacle)
    /// The shifted time lies outside the years 1 to 9999.
    case timeOutOfRange
    /// GPS and camera clock differ by no offset that exists; the difference in minutes, camera minus GPS.
    case gpsImplausible(minutes: Int)
    /// The rewritten block did not read back as intended; nothing of it is used.
    case verificationFailed
    /// libexif does not find all values again in the rewritten block.
    case secondReaderDisagrees

    /// Says why, in words that stand behind "left as it is: ".
    public var description: String {
        switch self {
        case .notJPEG: "not a JPEG file"
        case .noImage: "the file ends before its image data"
        case .segmentTruncated(let marker, let position):
            "segment FF\(String(marker, radix: 16, uppercase: true)) at byte \(position) has an impossible length"
        case .garbageBetweenSegments(let position): "bytes at \(position) belong to no segment"
        case .tooManySegments: "more segments than a photo has"
        case .misplacedExif: "stray bytes stand in front of its Exif block"
        case .exifUnreadable(let part):
            switch part {
            case .header: "its Exif block is empty"
            case .byteOrder: "its Exif block names no byte order"
            case .magic: "its Exif block is no TIFF"
            case .firstDirectory: "the first directory of its Exif block lies outside the block"
            case .exifDirectory: "the pointer to its Exif directory leads nowhere"
            }
        case .duplicateTag(let tag):
            "tag 0x\(String(tag, radix: 16, uppercase: true)) stands twice; readers disagree about which one counts"
        case .severalCaptureTimes: "several Exif segments hold a capture time each"
        case .noRoom(let obstacle): "the capture time needs room: \(obstacle)"
        case .timeOutOfRange: "the shifted time lies outside the years 1 to 9999"
        case .gpsImplausible(let minutes): "GPS time and camera clock differ by \(minutes) minutes, which is no offset in use"
        case .secondReaderDisagrees: "libexif reads the rewritten Exif block differently"
        case .verificationFailed: "the rewritten Exif block did not read back as intended (please report this photo)"
        }
    }
}

/// Why the Exif segment must not become longer.
public enum GrowthObstacle: Sendable, Hashable, CustomStringConvertible {
    /// A segment holds 65,533 bytes at most (ITU-T T.81 §B.1.1.4).
    case segmentFull
    /// The TIFF block is split over several segments, or stands in several.
    case severalSegments
    /// The pointer that would have to change shares its bytes with something else.
    case sharedPointer
    /// A value that starts behind the block would come to lie in the new space.
    case danglingReference
    /// A thumbnail or value that the block points at lies behind the segment, and would move away from its pointer.
    case valueBehindSegment
    /// The MakerNote points at a picture behind the image, by an offset that growth would make wrong.
    case makerNotePreview
    /// An AFCP trailer holds absolute positions.
    case afcpTrailer
    /// The multi-picture index cannot be kept true.
    case multiPicture

    /// Says why, in words that stand behind a colon.
    public var description: String {
        switch self {
        case .segmentFull: "the Exif segment is full"
        case .severalSegments: "the Exif data spreads over several segments"
        case .sharedPointer: "the pointer to the Exif directory shares its bytes with another value"
        case .danglingReference: "a broken reference points at the place where it would stand"
        case .valueBehindSegment: "the Exif data points at bytes behind its segment, which would move"
        case .makerNotePreview: "the maker note points at a preview behind the image, which would move"
        case .afcpTrailer: "an AFCP trailer holds absolute positions, which would move"
        case .multiPicture: "the multi-picture index could not be kept true"
        }
    }
}
