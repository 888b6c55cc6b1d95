/// What of a picture's metadata goes into what is made of it. The orientation is never among it, because the pixels are turned; nor is an embedded
/// thumbnail, which would show the picture as it was; nor the colour profile, because the pixels are sRGB then.
public struct KeptMetadata: OptionSet, Sendable, Hashable, CustomStringConvertible {
    /// The options, as bits.
    public let rawValue: Int

    /// Creates a set of its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Exif's Copyright and Artist (Exif 2.32 §4.6.4 D).
    public static let copyright = KeptMetadata(rawValue: 1)
    /// Exif's DateTimeOriginal with its SubSecTimeOriginal and OffsetTimeOriginal (Exif 2.32 §4.6.5 F).
    public static let captureTime = KeptMetadata(rawValue: 2)
    /// Everything: Exif with position and camera, XMP, IPTC.
    public static let all = KeptMetadata(rawValue: 7)
    /// Nothing.
    public static let none: KeptMetadata = []

    /// Reads `none`, `all`, or `copyright` and `capture-time`, joined by a comma or not; nil where it is something else.
    public init?(_ text: some StringProtocol) {
        switch text {
        case "none": self = .none
        case "all": self = .all
        default:
            self = []
            for word in text.split(separator: ",", omittingEmptySubsequences: false) {
                switch word {
                case "copyright": insert(.copyright)
                case "capture-time": insert(.captureTime)
                default: return nil
                }
            }
        }
    }

    /// What `init(_:)` reads.
    public var description: String {
        if self == .all { return "all" }
        let words = (contains(.copyright) ? ["copyright"] : []) + (contains(.captureTime) ? ["capture-time"] : [])
        return words.isEmpty ? "none" : words.joined(separator: ",")
    }
}
