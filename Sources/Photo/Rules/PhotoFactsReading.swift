extension PhotoFacts {
    /// Reads the facts that a TIFF block holds.
    init(_ block: TIFFBlock) {
        make = block.text(block.image.first(Tag.make))
        model = block.text(block.image.first(Tag.model))
        if let exif = block.exif {
            serial = block.text(exif.first(Tag.bodySerialNumber))
            if let entry = exif.first(Tag.dateTimeOriginal), let text = block.text(entry) {
                if Self.says(text) { captureTimeText = text }
                captureTime = CaptureTime(exifBytes: block.view[entry.range])
            }
            offset = block.text(exif.first(Tag.offsetTimeOriginal)).flatMap { UTCOffset(exifBytes: Array($0.utf8)) }
            subseconds = block.text(exif.first(Tag.subSecTimeOriginal))
        }
        if let gps = block.directory(.gps) {
            hasGPS = gps.first(Self.latitude) != nil && gps.first(Self.longitude) != nil
            gpsTime = Self.gpsTime(block, gps)
        }
    }

    // GPS tags: Exif 2.32 §4.6.6.
    private static let latitude = 0x0002
    private static let longitude = 0x0004
    private static let timeStamp = 0x0007
    private static let dateStamp = 0x001D

    /// False for blanks, zeros and separators alone: a camera whose clock was never set.
    private static func says(_ text: String) -> Bool { text.utf8.contains { $0 != 32 && $0 != 48 && $0 != 58 } }

    private static func gpsTime(_ block: TIFFBlock, _ gps: TIFFDirectory) -> CaptureTime? {
        guard let date = block.text(gps.first(dateStamp)), date.utf8.count == 10, let entry = gps.first(timeStamp), entry.type == 5,
            entry.count == 3, entry.isInside
        else { return nil }
        var fields: [Int] = []
        for i in 0..<3 {
            let numerator = block.view.u32(entry.value + 8 * i, bigEndian: block.bigEndian)
            let denominator = block.view.u32(entry.value + 8 * i + 4, bigEndian: block.bigEndian)
            guard denominator > 0 else { return nil }
            fields.append(numerator / denominator)
        }
        guard let day = CaptureTime(exifBytes: Array((date + " 00:00:00").utf8)) else { return nil }
        let d = day.digits
        return CaptureTime(d.year, d.month, d.day, fields[0], fields[1], min(fields[2], 59))
    }
}
