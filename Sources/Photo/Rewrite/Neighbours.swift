/// Places beside the Exif block that hold the same facts. They are read, never changed, so that the report can say
/// where a program that prefers them will differ.
enum Neighbours {
    /// True where an XMP packet names a position (XMP specification part 2, §2.8, exif namespace).
    static func xmpHasGPS(_ photo: PhotoBytes) throws -> Bool {
        for segment in photo.segments(.xmp) where try photo.payload(segment).contains("exif:GPSLatitude") { return true }
        return false
    }

    /// True where a JUMBF box carries a C2PA claim (C2PA 1.3, §11.3.1).
    static func isSigned(_ photo: PhotoBytes) throws -> Bool {
        for segment in photo.segments(.jumbf) where try photo.payload(segment).contains("c2pa") { return true }
        return false
    }

    /// The dates in XMP and IPTC that differ from `time`.
    static func contradictions(_ photo: PhotoBytes, time: CaptureTime?) throws -> [PhotoWarning] {
        guard let time else { return [] }
        var warnings: [PhotoWarning] = []
        for segment in photo.segments(.xmp) {
            let packet = try photo.payload(segment, dropping: 29)
            for (name, place) in [
                ("exif:DateTimeOriginal" as StaticString, PhotoWarning.Neighbour.xmpDateTimeOriginal),
                ("photoshop:DateCreated", .xmpDateCreated),
            ] {
                if let text = property(name, in: packet), differs(text, from: time) { warnings.append(.contradictingDate(place, text)) }
            }
        }
        for segment in photo.segments(.photoshop) {
            if let text = iptcDate(try photo.payload(segment, dropping: 14)), differs(text, from: time) {
                warnings.append(.contradictingDate(.iptcDateCreated, text))
            }
        }
        return warnings
    }

    /// The value of a simple XMP property, written as an attribute or as an element.
    static func property(_ name: StaticString, in packet: ByteView) -> String? {
        var from = 0
        while let start = packet.position(of: name, from: from) {
            var i = start + name.utf8CodeUnitCount
            from = i
            while i < packet.count, [0x20, 0x09, 0x0A, 0x0D].contains(packet[i]) { i += 1 }
            guard i < packet.count else { return nil }
            let end: (UInt8) -> Bool
            if packet[i] == UInt8(ascii: "=") {
                i += 1
                while i < packet.count, [0x20, 0x09, 0x0A, 0x0D].contains(packet[i]) { i += 1 }
                guard i < packet.count, packet[i] == 0x22 || packet[i] == 0x27 else { continue }
                let quote = packet[i]
                end = { $0 == quote }
            } else if packet[i] == UInt8(ascii: ">") {
                end = { $0 == UInt8(ascii: "<") }
            } else {
                continue
            }
            i += 1
            var bytes: [UInt8] = []
            while i < packet.count, !end(packet[i]), bytes.count < 64 {
                bytes.append(packet[i])
                i += 1
            }
            if !bytes.isEmpty { return String(decoding: bytes, as: UTF8.self) }
        }
        return nil
    }

    /// Compares what the text says, to the precision in which it says it; text that is no date contradicts nothing.
    private static func differs(_ text: String, from time: CaptureTime) -> Bool {
        let said = Array(text.utf8.prefix(19))
        guard said.count >= 10 else { return false }
        var whole = said
        if whole.count == 16 { whole += ":00".utf8 } else if whole.count < 19 { whole = Array(whole.prefix(10)) + " 00:00:00".utf8 }
        guard let other = CaptureTime(exifBytes: whole) else { return false }
        let precision: Int64 = said.count >= 19 ? 1 : said.count >= 16 ? 60 : 86_400
        func floored(_ seconds: Int64) -> Int64 { (seconds - CaptureTime.earliest) / precision }
        return floored(other.seconds) != floored(time.seconds)
    }

    /// DateCreated and TimeCreated of the IPTC resource (IPTC-IIM 4.2, data sets 2:55 and 2:60), as "2024-06-15 10:30:45".
    private static func iptcDate(_ resources: ByteView) -> String? {
        func dataSet(_ number: UInt8, _ length: Int) -> [UInt8]? {
            var i = 0
            while i + 5 + length <= resources.count {
                if resources[i] == 0x1C, resources[i + 1] == 2, resources[i + 2] == number, resources[i + 3] == 0,
                    resources[i + 4] >= length
                {
                    let digits = resources[i + 5..<i + 5 + length]
                    if digits.allSatisfy({ 48...57 ~= $0 }) { return Array(digits) }
                }
                i += 1
            }
            return nil
        }
        guard let date = dataSet(55, 8) else { return nil }
        let d = String(decoding: date, as: UTF8.self)
        var text = "\(d.prefix(4))-\(d.dropFirst(4).prefix(2))-\(d.suffix(2))"
        if let time = dataSet(60, 6) {
            let t = String(decoding: time, as: UTF8.self)
            text += " \(t.prefix(2)):\(t.dropFirst(2).prefix(2)):\(t.suffix(2))"
        }
        return text
    }
}
