/// Photoshop's image resources in APP13 (Adobe Photoshop File Formats Specification, "Image Resources Section").
struct PhotoshopResources {
    /// One resource: its number, where its number stands, where its data stand.
    struct Resource {
        let number: Int
        let header: Int
        let data: Range<Int>
    }

    private(set) var resources: [Resource] = []

    /// Walks the resources of `bytes`, which start behind `Photoshop 3.0\0`; stops where they are no longer sound.
    init(_ bytes: [UInt8]) {
        let view = ByteView(bytes)
        var i = 0
        while view.count - i >= 12, view.has("8BIM", at: i) {
            let number = view.u16(i + 4, bigEndian: true)
            let nameSize = (Int(view[i + 6]) + 2) & ~1
            let sizeAt = i + 6 + nameSize
            guard sizeAt + 4 <= view.count else { return }
            let size = view.u32(sizeAt, bigEndian: true)
            guard size <= view.count - sizeAt - 4 else { return }
            resources.append(Resource(number: number, header: i + 4, data: sizeAt + 4..<sizeAt + 4 + size))
            i = sizeAt + 4 + (size + 1) & ~1
        }
    }

    static let iptc = 0x0404
    /// MD5 of the IPTC resource: where it differs, readers hold the XMP packet for outdated (Metadata Working Group 2.0, §3.3).
    static let iptcDigest = 0x0425
    static let thumbnails: Set<Int> = [0x0409, 0x040C]
    static let exif: Set<Int> = [0x0422, 0x0423]
    static let xmp = 0x0424

    /// Values of IPTC data sets in `range` (IPTC-IIM 4.2 §1.5): record, number, value.
    static func dataSets(_ bytes: [UInt8], _ range: Range<Int>) -> [(record: UInt8, number: UInt8, value: Range<Int>)] {
        var result: [(record: UInt8, number: UInt8, value: Range<Int>)] = []
        var i = range.lowerBound
        while range.upperBound - i >= 5, bytes[i] == 0x1C {
            let size = Int(bytes[i + 3]) << 8 | Int(bytes[i + 4])
            guard size < 0x8000, size <= range.upperBound - i - 5 else { return result }
            result.append((bytes[i + 1], bytes[i + 2], i + 5..<i + 5 + size))
            i += 5 + size
        }
        return result
    }
}
