/// Something that privacy asked to be removed and that may still be in the deployed bytes.
public enum PrivacyGap: Sendable, Hashable, CustomStringConvertible {
    /// The photo, or a part of it that may hold the data, cannot be read; nothing was removed there.
    case unreadable(String)
    /// The data's bytes serve another purpose too, and were left.
    case sharedBytes(PrivacyItem)
    /// An XMP packet is no well-formed XML.
    case brokenXMP
    /// A C2PA claim may repeat the data in a form of its own.
    case signedClaim
    /// A video behind the image may hold the position or serial number.
    case video
    /// The maker note is of a kind that is not known here, and may hold a serial number.
    case makerNote
    /// A picture behind the image may show what was cropped away.
    case pictureBehindImage

    /// True where the data itself was seen and left: such a photo should not be published. The others are places in which data of this
    /// kind may stand but was not seen.
    public var isCertain: Bool {
        switch self {
        case .unreadable, .sharedBytes, .brokenXMP: true
        case .signedClaim, .video, .makerNote, .pictureBehindImage: false
        }
    }

    /// Says what may remain, and where.
    public var description: String {
        switch self {
        case .unreadable(let what): "\(what) cannot be read, so nothing was removed there"
        case .sharedBytes(let item): "\(item.rawValue): its bytes serve another purpose too and were left"
        case .brokenXMP: "its XMP packet is not well-formed, so nothing was removed there"
        case .signedClaim: "its C2PA claim may repeat what was removed"
        case .video: "the video behind the image may repeat what was removed"
        case .makerNote: "its maker note is of an unknown kind and may hold a serial number"
        case .pictureBehindImage: "a picture behind the image may show what was cropped away"
        }
    }
}
