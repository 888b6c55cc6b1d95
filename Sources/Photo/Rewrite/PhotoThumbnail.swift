public import Vocabulary

/// The small picture that a camera keeps in a photo's Exif block.
public struct PhotoThumbnail: Sendable {
    /// A JPEG.
    public let bytes: [UInt8]
    /// How it is to be turned to be seen upright, as the photo itself is (Exif 2.32 §4.6.4, Orientation): 1 to 8; 1 where nobody says.
    public let orientation: Int

    /// The most bytes that one is taken for: an APP1 segment holds no more.
    private static let limit = 65_535

    /// Reads a photo's own thumbnail (Exif 2.32 §4.5.8: IFD1, JPEGInterchangeFormat and its length); nil where there is none, or what stands there is
    /// no JPEG. Throws only what the source throws.
    public static func read(_ source: some ByteSource) throws -> PhotoThumbnail? {
        do {
            let photo = try PhotoBytes(source)
            guard let segment = photo.segments(.exif).first else { return nil }
            let block = try TIFFBlock(try photo.payload(segment, dropping: 6))
            guard let directory = block.directory(.chain(1)), let offset = block.number(directory.first(Tag.jpegOffset)),
                let length = block.number(directory.first(Tag.jpegLength)), 4...limit ~= length, offset >= 8,
                offset <= block.view.count - length
            else { return nil }
            let bytes = Array(block.view[offset..<offset + length])
            // SOI and the first byte of the next marker (ITU-T T.81 §B.1.1.3).
            guard bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
            let orientation = block.number(block.image.first(Tag.orientation)) ?? 1
            return PhotoThumbnail(bytes: bytes, orientation: 1...8 ~= orientation ? orientation : 1)
        } catch is Refusal {
            return nil
        }
    }
}
