/// Removes private properties from an XMP packet: each is overwritten with spaces, markup and all, so that the packet keeps
/// its length and stays well-formed (blanks between attributes and between elements mean nothing).
enum XMPPrivacy {
    /// Removes what `items` ask for; nil where the packet's markup does not close.
    static func apply(_ items: Set<PrivacyItem>, to bytes: inout [UInt8], _ texts: inout RemovedTexts) -> Bool {
        // Padding and NULs behind the packet are no markup.
        guard let packet = XMPPacket(bytes) else { return false }
        for property in packet.properties where items.contains(where: { names(property, $0) }) {
            for text in plainTexts(bytes[property.value]) { texts.add(text) }
            for i in property.range { bytes[i] = 32 }
        }
        return true
    }

    /// Overwrites the removed texts where they stand in values.
    static func sweep(_ bytes: inout [UInt8], _ texts: RemovedTexts) {
        guard let packet = XMPPacket(bytes) else { return }
        for range in texts.occurrences(in: bytes)
        where packet.texts.contains(where: { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }) {
            for i in range { bytes[i] = 32 }
        }
    }

    private static func names(_ property: XMPPacket.Property, _ item: PrivacyItem) -> Bool {
        let name = property.name.lowercased()
        switch item {
        case .gps:
            return name.contains("gps") || name.contains("latitude") || name.contains("longitude") || name.contains("longtitude")
                || name.hasSuffix("altitude")
        case .serial: return name.contains("serialnumber") || name == "serial"
        case .thumbnail: return name == "thumbnails"
        case .owner:
            return [
                "creator", "artist", "ownername", "cameraownername", "owner", "captionwriter", "creatorcontactinfo", "imagecreator",
                "imagecreatorname", "attributionname",
                "photographer",
            ].contains(name)
        }
    }

    /// The texts of a value without its markup, entities resolved where they are XML's own.
    private static func plainTexts(_ value: ArraySlice<UInt8>) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var current: [UInt8] = []
        var inTag = false
        for byte in value {
            switch byte {
            case UInt8(ascii: "<"):
                inTag = true
                if !current.isEmpty { result.append(current) }
                current = []
            case UInt8(ascii: ">"): inTag = false
            default: if !inTag { current.append(byte) }
            }
        }
        result.append(current)
        return result
    }
}
