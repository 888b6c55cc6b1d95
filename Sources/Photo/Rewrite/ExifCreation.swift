/// A new Exif segment for a photo that has none.
enum ExifCreation {
    /// The whole APP1 segment (Exif 2.32 §4.7.2): big-endian, IFD0 with the Exif pointer alone, the Exif IFD with
    /// ExifVersion and the values asked for.
    static func segment(_ target: ExifTarget) -> [UInt8] {
        var tiff: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]
        tiff.append16(1, bigEndian: true)
        tiff.append16(Tag.exifPointer, bigEndian: true)
        tiff.append16(4, bigEndian: true)
        tiff.append32(1, bigEndian: true)
        tiff.append32(tiff.count + 8, bigEndian: true)
        tiff.append32(0, bigEndian: true)
        DirectoryCopy.appendNewExif(at: tiff.count, target.values, bigEndian: true, to: &tiff)
        var segment: [UInt8] = [0xFF, 0xE1]
        segment.append16(2 + 6 + tiff.count, bigEndian: true)
        segment += "Exif\0\0".utf8
        return segment + tiff
    }
}
