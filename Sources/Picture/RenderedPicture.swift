/// What was made of a picture.
public struct RenderedPicture: Sendable, Hashable {
    /// The file's bytes.
    public let bytes: [UInt8]
    /// Its width in pixels.
    public let width: Int
    /// Its height in pixels.
    public let height: Int

    /// Creates a picture.
    public init(bytes: [UInt8], width: Int, height: Int) {
        self.bytes = bytes
        self.width = width
        self.height = height
    }
}
