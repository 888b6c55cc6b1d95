import Vocabulary

/// Whether a photo's Exif segment may grow, by what stands behind it in the file.
///
/// Growth moves everything behind the segment. What counts from the file's end (Samsung SEFT, motion photos) or from a header that
/// moves along (MPF behind Exif, CIPA DC-007 §5.2.3.3) does not notice; what counts from the TIFF header or the file's start does.
struct PhotoGrowth: GrowthPolicy {
    let photo: PhotoBytes
    /// Position of the TIFF header in the file.
    let base: Int64

    func check(_ block: TIFFBlock, _ chart: Occupancy, newEnd: Int) throws -> [PhotoWarning] {
        guard photo.exifSegments == 1 else { throw GrowthObstacle.severalSegments }
        if chart.makerNoteBehind { throw GrowthObstacle.valueBehindSegment }
        // Even where no picture stands there: readers that do not look show other bytes than before.
        guard !chart.picturesBehind.contains(where: { base + Int64($0) < photo.size }) else { throw GrowthObstacle.valueBehindSegment }
        guard try !photo.hasAFCPTrailer() else { throw GrowthObstacle.afcpTrailer }
        // Throws where an offset would no longer fit its 32 bits.
        _ = try photo.movedImages(growth: Int64(newEnd - block.view.count), at: base + Int64(block.view.count))
        guard let note = MakerNote(block) else { return [] }
        try checkValues(of: note, blockEnd: block.view.count, newEnd: newEnd)
        // With an index of their own, pictures behind the image are found by it, and growth is worth more than a second way to one of
        // them. Where the note's structure is known, that way is seen and its loss told; in other notes any number might be one.
        if try photo.hasMultiPictureIndex || photo.hasMotionPhotoMarker() {
            return try !note.directories.isEmpty && namesPicture(note) ? [.makerNotePreviewMoved] : []
        }
        if try namesPicture(note) { throw GrowthObstacle.makerNotePreview }
        return []
    }

    /// A value that the note places behind the block, in part or whole, must not become readable with new bytes in it.
    private func checkValues(of note: MakerNote, blockEnd: Int, newEnd: Int) throws(GrowthObstacle) {
        guard let base = note.credibleBase else { return }
        for found in note.directories {
            for entry in found.directory.entries where !entry.isInline && entry.size > 0 {
                let start = base + entry.value
                if start + entry.size > blockEnd, start + entry.size <= newEnd { throw .danglingReference }
            }
        }
    }

    /// Notes of unknown structure up to this size are searched number by number.
    private static let longestRaw = 8192

    /// True where the note may name a picture behind the image by an offset (Minolta 7Hi, Canon 300D, Samsung S730, Sony's older DSLRs).
    private func namesPicture(_ note: MakerNote) throws -> Bool {
        let isKnown = !note.directories.isEmpty
        // Nothing is known of its offsets, and too much may be one: any JPEG behind the image may be meant.
        guard isKnown || note.range.count <= Self.longestRaw else { return try photo.hasPictureBehindImage() }
        var candidates: [Int64] = []
        let origins = note.bases.map { base + Int64($0) } + [0]
        for offset in isKnown ? note.offsets() : note.rawNumbers() {
            for origin in origins {
                let start = origin + Int64(offset)
                if start > photo.scan, start < photo.size { candidates.append(start) }
            }
        }
        guard candidates.count <= 200 else { return try photo.hasPictureBehindImage() }
        return try photo.hasPicture(atAnyOf: candidates.sorted())
    }
}
