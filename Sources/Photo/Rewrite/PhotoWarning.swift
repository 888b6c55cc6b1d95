/// What a reader of the report should know about one photo; none of it keeps the photo from being deployed.
public enum PhotoWarning: Sendable, Hashable, CustomStringConvertible {
    /// A place beside Exif that some programs prefer.
    public enum Neighbour: String, Sendable, Hashable, CaseIterable {
        /// XMP `exif:DateTimeOriginal`.
        case xmpDateTimeOriginal = "exif:DateTimeOriginal"
        /// XMP `photoshop:DateCreated`.
        case xmpDateCreated = "photoshop:DateCreated"
        /// IPTC 2:55 and 2:60.
        case iptcDateCreated = "IPTC DateCreated"
    }

    /// Another place holds a time that contradicts the new one; it stays as it is.
    case contradictingDate(Neighbour, String)
    /// The photo carries a C2PA signature, which any edit breaks.
    case signatureBroken
    /// The local time does not exist in the zone (clocks skipped it): digits kept, offset from before the gap.
    case localTimeInGap
    /// The local time exists twice in the zone: the earlier one was taken.
    case localTimeRepeated
    /// The capture time is set, the offset is not.
    case offsetLeftOut(GrowthObstacle)
    /// The zone's offset on that date cannot be written (before standard time, beyond -12:00 or +14:00).
    case offsetNotRepresentable
    /// A shift or a zone was asked for, but the photo has no capture time that can be read; the text it has instead.
    case noCaptureTime(String?)
    /// The maker note names a picture behind the image, which has moved; the multi-picture index, or the video's marker, still finds it.
    case makerNotePreviewMoved
    /// The offset was to come from GPS, and the photo has no GPS time: the zone was used.
    case noGPSTime

    /// Says what is so.
    public var description: String {
        switch self {
        case .contradictingDate(let place, let text): "\(place.rawValue) still says \(text); some programs prefer it"
        case .signatureBroken: "its C2PA signature no longer fits"
        case .localTimeInGap: "clocks in that zone skipped this time; the offset before the change was written"
        case .localTimeRepeated: "clocks in that zone showed this time twice; the earlier one was taken"
        case .offsetLeftOut(let obstacle): "the offset was left out: \(obstacle)"
        case .offsetNotRepresentable: "the zone's offset on that date cannot be written in Exif"
        case .noCaptureTime(nil): "it has no capture time"
        case .noCaptureTime(let text?): "its capture time cannot be read: '\(text)'"
        case .makerNotePreviewMoved: "its maker note names a preview behind the image that has moved; the file's own index still finds it"
        case .noGPSTime: "it has no GPS time; the zone was used"
        }
    }
}
