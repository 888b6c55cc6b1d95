/// Reads a rewritten TIFF block back before a byte of it is used: the last guard against a mistake of this program's own.
struct ExifProof {
    private let old: TIFFBlock
    private let new: TIFFBlock
    private let values: [ExifValue]

    /// Throws `Refusal.verificationFailed` unless the edited block holds the values asked for, and every entry that it had
    /// before with the same type, count and value position, over bytes that no edit touches.
    static func check(_ old: TIFFBlock, _ edit: ExifEdit, _ target: ExifTarget) throws(Refusal) {
        guard let new = try? TIFFBlock(ByteView(edit.applied(to: old.view))) else { throw .verificationFailed }
        let values = target.values.filter { $0.tag == Tag.dateTimeOriginal || edit.offsetObstacle == nil }
        let proof = ExifProof(old: old, new: new, values: values)
        guard proof.holdsValues(), proof.keepsDirectories(edit) else { throw .verificationFailed }
    }

    /// The same question put to libexif.
    static func checkAgain(_ old: TIFFBlock, _ edit: ExifEdit, _ target: ExifTarget) throws(Refusal) {
        let values = target.values.filter { $0.tag == Tag.dateTimeOriginal || edit.offsetObstacle == nil }
        guard let before = SecondReader(tiff: old.view.bytes) else { return }
        guard let after = SecondReader(tiff: edit.applied(to: old.view)), after.agrees(with: before, values) else {
            throw .secondReaderDisagrees
        }
    }

    private func holdsValues() -> Bool {
        guard let exif = new.exif else { return false }
        return values.allSatisfy { value in
            guard let entry = exif.first(value.tag), exif.entries.count(where: { $0.tag == value.tag }) == 1, entry.type == 2,
                entry.isInside
            else { return false }
            let bytes = new.view[entry.range]
            return bytes.starts(with: value.bytes) && bytes.dropFirst(value.bytes.count).allSatisfy { $0 == 0 }
        }
    }

    private func keepsDirectories(_ edit: ExifEdit) -> Bool {
        guard new.directories.count == old.directories.count + (old.exif == nil ? 1 : 0) else { return false }
        let exif = old.exif?.position
        for directory in old.directories {
            let now: TIFFDirectory?
            if directory.position == old.image.position {
                now = new.image
            } else if directory.position == exif {
                now = new.exif
            } else {
                now = new.directories.first { $0.position == directory.position && $0.role == directory.role }
            }
            guard let now, keeps(directory, now, edit) else { return false }
        }
        return true
    }

    private func isOurs(_ entry: TIFFEntry, _ directory: TIFFDirectory) -> Bool {
        entry.tag == Tag.exifPointer
            || (directory.role == .exif && (entry.tag == Tag.dateTimeOriginal || entry.tag == Tag.offsetTimeOriginal)
                && values.contains { $0.tag == entry.tag })
    }

    /// Where the directory that now stands at `offset` is found in the new block: only one has moved.
    private func moved(_ offset: Int) -> Int {
        if let exif = old.exif { return offset == exif.position ? new.exif?.position ?? 0 : offset }
        return offset == old.image.position ? new.image.position : offset
    }

    /// Both directories, less the entries that were to change, have the same entries in the same order.
    private func keeps(_ before: TIFFDirectory, _ after: TIFFDirectory, _ edit: ExifEdit) -> Bool {
        guard moved(before.next ?? 0) == after.next ?? 0 else { return false }
        var i = 0
        for x in before.entries where !isOurs(x, before) {
            while i < after.entries.count, isOurs(after.entries[i], after) { i += 1 }
            guard i < after.entries.count else { return false }
            let y = after.entries[i]
            i += 1
            guard x.tag == y.tag, x.type == y.type, x.count == y.count, x.isInline == y.isInline else { return false }
            if x.isInline {
                let value = old.view.u32(x.position + 8, bigEndian: old.bigEndian)
                guard new.view.u32(y.position + 8, bigEndian: old.bigEndian) == (Tag.pointers.contains(x.tag) ? moved(value) : value)
                else { return false }
            } else if x.value != y.value || (!before.isNoise && edit.touches(x.range)) {
                return false
            }
        }
        return after.entries[i...].allSatisfy { isOurs($0, after) }
    }
}

extension ExifEdit {
    /// True where a patch overwrites a byte of `range`.
    fileprivate func touches(_ range: Range<Int>) -> Bool { patches.contains { $0.range.overlaps(range) } }
}
