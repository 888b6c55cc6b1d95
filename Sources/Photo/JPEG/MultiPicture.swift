/// The multi-picture index of an APP2 `MPF\0` (CIPA DC-007 §5.2), kept true when bytes are inserted in front of images.
///
/// Its offsets count from its own header, the byte behind `MPF\0` (§5.2.3.3.3), the first image's being 0. Where Exif
/// stands in front of it, header and images move together. Where it stands in front of Exif, the images move and the
/// header does not. In both cases the first image becomes longer.
struct MultiPicture {
    let segment: Segment
    let payload: ByteView

    private static let entriesTag = 0xB002
    private static let entrySize = 16

    /// Where the images behind the first one stand, as far as they lie behind `scan` and within the file.
    func images(behind scan: Int64, size: Int64) -> [Range<Int64>] {
        guard payload.count > 12, let index = try? TIFFBlock(payload.slice(4..<payload.count)),
            let list = index.image.first(Self.entriesTag),
            list.isInside
        else { return [] }
        let header = segment.payload.lowerBound + 4
        return (0..<list.size / Self.entrySize).compactMap { i in
            let field = list.value + Self.entrySize * i
            let length = Int64(index.view.u32(field + 4, bigEndian: index.bigEndian))
            let start = header + Int64(index.view.u32(field + 8, bigEndian: index.bigEndian))
            guard start > scan, start + 4 < size else { return nil }
            return start..<min(size, start + max(length, 4))
        }
    }

    /// Overwritten fields, positions in the file, when `growth` bytes are inserted at `position` of a file of `size` bytes whose image
    /// data starts at `scan`. An index that no reader can follow needs nothing.
    func patches(growth: Int64, at position: Int64, scan: Int64, size: Int64) throws -> [(position: Int64, bytes: [UInt8])] {
        guard payload.count > 12 else { return [] }
        let view = payload.slice(4..<payload.count)
        guard let index = try? TIFFBlock(view), let list = index.image.first(Self.entriesTag), list.isInside, list.size >= Self.entrySize
        else { return [] }
        let header = segment.payload.lowerBound + 4
        let newHeader = header >= position ? header + growth : header
        var patches: [(position: Int64, bytes: [UInt8])] = []
        func patch(_ field: Int, _ value: Int64) throws {
            guard 0...0xFFFF_FFFF ~= value else { throw GrowthObstacle.multiPicture }
            var bytes: [UInt8] = []
            bytes.append32(Int(value), bigEndian: index.bigEndian)
            patches.append((header + Int64(field), bytes))
        }
        for i in 0..<list.size / Self.entrySize {
            let field = list.value + Self.entrySize * i
            let length = Int64(view.u32(field + 4, bigEndian: index.bigEndian))
            let offset = Int64(view.u32(field + 8, bigEndian: index.bigEndian))
            let isFirst = i == 0 && offset == 0
            let start = isFirst ? 0 : header + offset
            if start < position {
                // Only a size that reaches from before the inserted bytes into the image data says anything about them.
                if isFirst, length > scan, length <= size { try patch(field + 4, length + growth) }
            } else if offset != 0, start + growth - newHeader != offset {
                try patch(field + 8, start + growth - newHeader)
            }
        }
        return patches
    }
}
