/// What is to be made of a picture. The pixels are turned upright by Exif's orientation and converted to sRGB (grey stays grey), whatever else is
/// asked for. The same rendering of the same bytes by the same release of libvips is the same bytes.
public struct Rendering: Sendable, Hashable {
    /// How large.
    public var size: RenderedSize
    /// In which format.
    public var format: PictureFormat
    /// 1 (smallest) to 100 (best); nil where the format has none.
    public let quality: Int?
    /// What alpha is laid over; nil keeps it where the format can, else it is white.
    public var background: RGBColour?
    /// What of the metadata is kept.
    public var metadata: KeptMetadata

    /// Creates a rendering. A quality outside 1...100 is brought into it; without one the format's own is taken.
    public init(
        size: RenderedSize = .original, format: PictureFormat, quality: Int? = nil, background: RGBColour? = nil,
        metadata: KeptMetadata = .none
    ) {
        self.size = size
        self.format = format
        self.quality = format.defaultQuality.map { min(max(quality ?? $0, 1), 100) }
        self.background = background
        self.metadata = metadata
    }

    /// Raised when the same parameters come to mean other pixels.
    static let revision = 1

    /// All parameters in one line, the same on every machine and for every release of libvips: what a derivative is known by, together with the
    /// digest of what it was made of.
    public var recipe: String {
        var words = ["r\(Self.revision)", size.description, format.rawValue]
        if let quality { words.append("q\(quality)") }
        if let background { words.append("background \(background)") }
        words.append("metadata \(metadata)")
        return words.joined(separator: " ")
    }
}
