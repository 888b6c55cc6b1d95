/// What decoding a picture may cost. A file of a few kilobytes can name millions of rows, so its header is judged before anything is decoded.
public struct PictureLimits: Sendable, Hashable {
    /// Pixels of one frame.
    public var pixels: Int
    /// Bytes that the decoder of the picture's format holds at once, as the header lets expect.
    public var memory: Int
    /// Frames that are decoded to validate a picture.
    public var frames: Int

    /// 256 million pixels (a panorama of 32,000 × 8,000), 512 MiB, 1,000 frames.
    public static let standard = PictureLimits(pixels: 256_000_000, memory: 512 << 20, frames: 1000)

    /// Creates limits.
    public init(pixels: Int, memory: Int, frames: Int) {
        self.pixels = pixels
        self.memory = memory
        self.frames = frames
    }
}
