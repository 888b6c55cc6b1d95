public import Vocabulary

/// One kind of picture that is made of photos and deployed beside them: thumbnails, web sizes.
public struct Derivative: Sendable, Hashable {
    /// The photos that it is made of, by a pattern for their paths below the source; nil for all.
    public let pattern: Glob?
    /// What is made of them.
    public let rendering: Rendering
    /// The key below the prefix, made from the photo's path.
    public let key: KeyTemplate

    /// Describes a kind of picture.
    public init(of pattern: Glob? = nil, _ rendering: Rendering, key: KeyTemplate) {
        self.pattern = pattern
        self.rendering = rendering
        self.key = key
    }

    /// Whether the file at `path` below the source is one of the photos: its name is an image's that can be read, and the pattern matches.
    public func isMade(of path: Key) -> Bool {
        Self.readExtensions.contains(path) && (pattern?.matches(path.bytes) ?? true)
    }

    private static let readExtensions: ExtensionSet = [
        "jpg", "jpeg", "jpe", "jfif", "mpo", "png", "webp", "avif", "tif", "tiff", "gif", "heic", "heif",
    ]

    /// Pixels of the largest picture that comes of it.
    private var pixels: Int64 {
        let sides = (rendering.size.width ?? rendering.size.height, rendering.size.height ?? rendering.size.width)
        guard let width = sides.0, let height = sides.1 else { return Self.usualPixels }
        return Int64(width) * Int64(height)
    }

    /// Of a photo as it is, 24 million pixels; more are few.
    private static let usualPixels: Int64 = 24_000_000

    /// About how many bytes a picture has, before it is made. Two bits a pixel are many for a photo; PNG takes ten times as many.
    public var expectedSize: Int64 { pixels / 4 * (rendering.format == .png ? 10 : 1) }

    /// About how many bytes making one takes beside its photo's decoder: the pixels while they are shrunk, and the encoder's. That of AVIF holds some forty
    /// bytes a pixel.
    public var expectedMemory: Int64 { pixels * (rendering.format == .avif ? 40 : 8) + Self.usualMemory }

    private static let usualMemory: Int64 = 4 << 20
}
