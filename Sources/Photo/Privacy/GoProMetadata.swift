/// GoPro's metadata in APP6 (GPMF: github.com/gopro/gpmf-parser, "GPMF Structure"): key, type, element size and repeat count in front of each
/// value, values padded to four bytes, type 0 for a value that is made of others.
enum GoProMetadata {
    static let signature: StaticString = "GoPro\0"

    /// Overwrites what `items` ask for with zeros; false where the structure is not sound, so that something may remain.
    static func remove(_ items: Set<PrivacyItem>, from bytes: inout [UInt8], _ texts: inout RemovedTexts) -> Bool {
        remove(items, from: &bytes, within: signature.utf8CodeUnitCount..<bytes.count, depth: 0, &texts)
    }

    private static func remove(
        _ items: Set<PrivacyItem>, from bytes: inout [UInt8], within range: Range<Int>, depth: Int, _ texts: inout RemovedTexts
    ) -> Bool {
        guard depth < 8 else { return false }
        var i = range.lowerBound
        while range.upperBound - i >= 8 {
            // A key of zeros ends the list; what follows is padding.
            if bytes[i..<i + 4].allSatisfy({ $0 == 0 }) { return bytes[i..<range.upperBound].allSatisfy { $0 == 0 } }
            let size = Int(bytes[i + 5]) * (Int(bytes[i + 6]) << 8 | Int(bytes[i + 7]))
            let value = i + 8..<i + 8 + size
            guard value.upperBound <= range.upperBound else { return false }
            let key = String(decoding: bytes[i..<i + 4], as: UTF8.self)
            if bytes[i + 4] == 0 {
                guard remove(items, from: &bytes, within: value, depth: depth + 1, &texts) else { return false }
            } else if let item = item(of: key), items.contains(item) {
                if item == .serial { texts.add(bytes[value]) }
                for at in value { bytes[at] = 0 }
            }
            i += 8 + (size + 3) & ~3
        }
        return true
    }

    /// What a key's value tells: positions, speeds and times of the satellite receiver, or the camera's serial number.
    private static func item(of key: String) -> PrivacyItem? {
        if key.hasPrefix("GPS") || key == "GPRI" || key == "GLPI" { return .gps }
        return key == "CASN" ? .serial : nil
    }
}
