/// What the header of a picture says.
public struct PictureInfo: Sendable, Hashable {
    /// Formats that pictures are read in.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        case jpeg = "JPEG"
        case png = "PNG"
        case webp = "WEBP"
        case gif = "GIF"
        case tiff = "TIFF"
        /// HEIC and AVIF, which share a container (ISO/IEC 23008-12).
        case heif = "HEIF"
        case avif = "AVIF"
    }

    /// The width in pixels as it is stored, before orientation.
    public let width: Int
    /// The height in pixels of one frame as it is stored.
    public let height: Int
    /// The format of the file.
    public let format: Format
    /// The kind of pixels by the names that Pillow has for it: `1`, `L`, `LA`, `P`, `RGB`, `RGBA`, `CMYK`, `I;16`; of other depths with the number of
    /// bits, such as `RGB;16`.
    public let mode: String
    /// Values of a pixel, alpha among them.
    public let channels: Int
    /// Bits of a value: 8, 16 or 32.
    public let bits: Int
    /// The last channel is alpha.
    public let hasAlpha: Bool
    /// Frames of an animation, or pages; 1 where there is but one.
    public let frames: Int
    /// The rows come in several passes (progressive JPEG, interlaced PNG), so that the decoder holds the whole.
    public let isInterlaced: Bool
    /// Exif's orientation, 1 to 8 (Exif 2.32 §4.6.4 A); 1 where nothing is said.
    public let orientation: Int
    /// The embedded colour profile; nil where there is none.
    public let profile: ColourProfile?
    /// Exif's DateTimeOriginal, trimmed, where it says anything.
    public let captureTime: String?
    /// Exif's OffsetTimeOriginal.
    public let captureOffset: String?

    /// The width upright.
    public var uprightWidth: Int { orientation > 4 ? height : width }
    /// The height upright.
    public var uprightHeight: Int { orientation > 4 ? width : height }

    /// Bytes that decoding holds at once, as far as the header tells: all pixels of a frame where the format's decoder cannot give them row by row.
    /// A picture that is shrunk on load may take less.
    public var decodingMemory: Int {
        let whole = width * height * channels * max(1, bits / 8)
        switch format {
        // A progressive JPEG is held as coefficients of 16 bits (ITU-T T.81 §G), of which chroma mostly has a quarter.
        case .jpeg: return isInterlaced ? whole * 2 : width * channels * 64
        case .png: return isInterlaced ? whole : width * channels * max(1, bits / 8) * 64
        case .tiff: return width * channels * max(1, bits / 8) * 64
        // The canvas, and the frame before it.
        case .gif: return width * height * 4 * 2
        case .webp: return width * height * 4 * (frames > 1 ? 2 : 1)
        case .heif, .avif: return whole * 2
        }
    }
}

/// An embedded colour profile (ICC.1).
public struct ColourProfile: Sendable, Hashable {
    /// Its description, such as `Display P3`; nil where it has none that can be read.
    public let name: String?
    /// Its size in bytes.
    public let size: Int

    /// Creates a profile.
    public init(name: String?, size: Int) {
        self.name = name
        self.size = size
    }
}
