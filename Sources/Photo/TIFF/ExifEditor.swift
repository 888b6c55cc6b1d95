/// Plans how DateTimeOriginal and OffsetTimeOriginal get their values in a TIFF block without any other value moving.
///
/// Why nothing moves. A TIFF directory's entries name their values by offsets from the TIFF header (TIFF 6.0 §2), and a
/// MakerNote (Exif 2.32 §4.6.5) may do the same in ways only its maker knows, so no byte of the old block may change its
/// place. A value of sufficient length is overwritten where it stands. A missing entry makes the Exif IFD longer by 12
/// bytes: it alone is copied, behind everything else, and the one pointer that names it (0x8769, Exif 2.32 §4.6.3) is
/// turned to the copy; TIFF allows a directory anywhere in the file. The old directory's bytes stay behind, unread.
/// The copy goes into zeros at the block's end that nothing refers to, where there are enough; else the segment grows.
struct ExifEditor {
    let block: TIFFBlock
    let target: ExifTarget
    /// The most bytes that the block may have, and why not more, or why it may not grow at all.
    let growth: any GrowthPolicy

    /// A segment's 65,535 bytes less its length field and `Exif\0\0` (Exif 2.32 §4.7.2).
    static let largestBlock = 65_527

    /// How a tag's entry gets its value.
    private enum Move {
        case keep
        case patch(TIFFEntry)
        case replace(TIFFEntry)
        case insert
    }

    /// Plans the edit. Throws a refusal where the capture time cannot be set; an offset that cannot is left out and reported.
    func plan() throws -> ExifEdit {
        var edit = ExifEdit()
        let chart = Occupancy(block)
        var missing: [ExifValue] = []
        var leaving: [Int] = []
        for value in target.values {
            switch try move(value.tag, value.bytes, chart) {
            case .keep: break
            case .patch(let entry):
                let padding = [UInt8](repeating: 0, count: entry.count - value.bytes.count)
                edit.patches.append(.init(position: entry.value, bytes: value.bytes + padding))
            case .replace(let entry):
                missing.append(value)
                leaving.append(entry.position)
            case .insert: missing.append(value)
            }
        }
        guard !missing.isEmpty else { return edit }
        do {
            try place(missing, leaving, into: &edit)
        } catch let obstacle as GrowthObstacle {
            guard !missing.contains(where: { $0.tag == Tag.dateTimeOriginal }) else { throw Refusal.noRoom(obstacle) }
            edit.offsetObstacle = obstacle
        }
        return edit
    }

    private func move(_ tag: Int, _ bytes: [UInt8], _ chart: Occupancy) throws(Refusal) -> Move {
        guard let entries = block.exif?.all(tag), let entry = entries.first else { return .insert }
        guard entries.count == 1 else { throw .duplicateTag(tag) }
        // A count of 20 (7 for the offset) is what Exif 2.32 §4.6.5 asks for; longer fields, NUL-padded, are found in
        // some Fujifilm and Pentax files and keep their count. Anything else gets a new value.
        guard entry.type == 2, entry.count >= bytes.count, entry.count <= 64, entry.isInside,
            !chart.isShared(entry.range, except: entry.position)
        else { return .replace(entry) }
        let standing = block.view[entry.range]
        let isEqual = standing.starts(with: bytes) && standing.dropFirst(bytes.count).allSatisfy { $0 == 0 }
        return isEqual ? .keep : .patch(entry)
    }

    /// Copies a directory with the missing entries, into dead zeros or behind the block.
    private func place(_ missing: [ExifValue], _ leaving: [Int], into edit: inout ExifEdit) throws {
        let moved = block.exif ?? block.image
        let chart = Occupancy(block, leaving: leaving, leavingDirectory: moved.position)
        let copy = DirectoryCopy(block: block, missing: missing)
        let pointers = try pointerPositions(to: moved, chart)
        let start: Int
        if let dead = DeadZeros(block, chart).start(for: copy.size) {
            start = dead
            edit.patches.append(.init(position: start, bytes: copy.bytes(at: start)))
            edit.method = .zeroRun
        } else {
            // An even offset: TIFF 6.0 §2, "must begin on a word boundary".
            start = (max(block.view.count, chart.end) + 1) & ~1
            let end = start + copy.size
            guard end <= Self.largestBlock else { throw GrowthObstacle.segmentFull }
            guard !chart.hasCutDirectory, !chart.dangling.contains(where: { $0 < end }), !chart.overruns.contains(where: { $0 <= end })
            else { throw GrowthObstacle.danglingReference }
            edit.warnings = try growth.check(block, chart, newEnd: end)
            edit.appended = [UInt8](repeating: 0, count: start - block.view.count) + copy.bytes(at: start)
            edit.method = .appended
        }
        var offset: [UInt8] = []
        offset.append32(start, bigEndian: block.bigEndian)
        edit.patches += pointers.map { .init(position: $0, bytes: offset) }
    }

    /// Every field that holds the offset of `directory`: the header, pointers of any kind, next-IFD fields (some writers let IFD0's name
    /// the Exif IFD). All are turned to the copy, so that readers find one directory where they found one before.
    private func pointerPositions(to directory: TIFFDirectory, _ chart: Occupancy) throws(GrowthObstacle) -> [Int] {
        var fields: [(position: Int, owner: Int)] = []
        if directory.position == block.image.position { fields.append((4, 0)) }
        for holder in block.directories {
            if holder.next == directory.position { fields.append((holder.nextField, holder.position)) }
            for entry in holder.entries where Tag.pointers.contains(entry.tag) && (entry.type == 4 || entry.type == 13) && entry.isInside {
                for i in 0..<min(entry.count, 16) where block.element(entry, i) == directory.position {
                    fields.append((entry.value + 4 * i, entry.isInline ? holder.position : entry.position))
                }
            }
        }
        for field in fields where chart.isShared(field.position..<field.position + 4, except: field.owner) { throw .sharedPointer }
        // The directory's own next-IFD field is copied, not patched.
        return fields.map(\.position).filter { !(directory.range.contains($0) && $0 != 4) }
    }
}

/// Decides whether a block may grow; asked only after everything within the block allows it.
protocol GrowthPolicy {
    /// Throws a `GrowthObstacle` where the segment must not grow so that the block ends at `newEnd`; else answers what growth costs.
    func check(_ block: TIFFBlock, _ chart: Occupancy, newEnd: Int) throws -> [PhotoWarning]
}

extension GrowthObstacle: Error {}
