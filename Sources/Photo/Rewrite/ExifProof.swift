/// Reads a rewritten TIFF block back before a byte of it is used: the last guard against a mistake of this program's own.
enum ExifProof {
    /// Throws `Refusal.verificationFailed` unless the edited block holds the values asked for, and every entry that it had
    /// before with the same type, count, value bytes and value position.
    static func check(_ old: TIFFBlock, _ edit: ExifEdit, _ target: ExifTarget) throws(Refusal) {
        guard let new = try? TIFFBlock(ByteView(edit.applied(to: old.view))), let exif = new.exif else { throw .verificationFailed }
        for (tag, bytes) in target.values where tag == Tag.dateTimeOriginal || edit.offsetObstacle == nil {
            guard let entry = exif.first(tag), exif.all(tag).count == 1, entry.type == 2, entry.isInside,
                new.view[entry.range].starts(with: bytes), new.view[entry.range].dropFirst(bytes.count).allSatisfy({ $0 == 0 })
            else { throw .verificationFailed }
        }
        guard new.directories.count == old.directories.count + (old.exif == nil ? 1 : 0) else { throw .verificationFailed }
        for directory in old.directories {
            guard let now = counterpart(of: directory, old, new), same(directory, now, old, new, target) else { throw .verificationFailed }
        }
    }

    private static func counterpart(of directory: TIFFDirectory, _ old: TIFFBlock, _ new: TIFFBlock) -> TIFFDirectory? {
        if directory.position == old.image.position { return new.image }
        if directory.position == old.exif?.position { return new.exif }
        return new.directories.first { $0.position == directory.position && $0.role == directory.role }
    }

    private static func same(
        _ before: TIFFDirectory, _ after: TIFFDirectory, _ old: TIFFBlock, _ new: TIFFBlock, _ target: ExifTarget
    ) -> Bool {
        func kept(_ directory: TIFFDirectory) -> [TIFFEntry] {
            directory.entries.filter { entry in
                !(directory.role == .exif && target.values.contains { $0.tag == entry.tag }) && entry.tag != Tag.exifPointer
            }
        }
        let a = kept(before)
        let b = kept(after)
        guard a.count == b.count, before.next ?? 0 == after.next ?? 0 else { return false }
        for (x, y) in zip(a, b) {
            guard x.tag == y.tag, x.type == y.type, x.count == y.count, x.isInline == y.isInline else { return false }
            if x.isInline || x.size == 0 {
                guard old.view[x.position + 8..<x.position + 12].elementsEqual(new.view[y.position + 8..<y.position + 12]) else {
                    return false
                }
            } else {
                guard x.value == y.value else { return false }
            }
        }
        return true
    }
}
