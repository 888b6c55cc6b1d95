public import Vocabulary

/// Looks whether a picture's file is whole, by the structure of its format and without decoding it: what an interrupted copy, a full disk or a broken
/// card leaves is found; a picture whose coded data were changed in place is not, but in a PNG.
///
/// A file is read once at most, through one buffer of 256 KiB.
public enum PictureStructure {
    /// What is wrong with the picture; nil where nothing is, and for what is neither JPEG, PNG nor WebP by its first bytes. Throws what reading
    /// throws.
    public static func fault(in source: any ByteSource) throws -> PictureFault? {
        let head = try source.bytes(0..<12)
        var bytes = ForwardBytes(source)
        do {
            if head.starts(with: [0xFF, 0xD8]) {
                var walk = JPEGStructure(bytes: bytes)
                try walk.run()
            } else if head.starts(with: PNGStructure.signature.prefix(4)) {
                try PNGStructure.check(&bytes)
            } else if head.starts(with: Array("RIFF".utf8)),
                head.dropFirst(8).starts(with: Array("WEBP".utf8))
            {
                try WebPStructure.check(&bytes)
            }
            return nil
        } catch let fault as PictureFault {
            return fault
        }
    }
}
