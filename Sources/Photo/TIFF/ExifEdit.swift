/// What changes in one TIFF block: bytes that are overwritten where they stand, and bytes that are added behind its end.
struct ExifEdit: Sendable {
    /// Bytes that replace as many others.
    struct Patch: Sendable {
        /// Position in the block.
        let position: Int
        let bytes: [UInt8]

        var range: Range<Int> { position..<position + bytes.count }
    }

    var patches: [Patch] = []
    /// Bytes behind the block's end.
    var appended: [UInt8] = []
    /// The way that was taken.
    var method: PhotoMethod = .inPlace
    /// Why the offset was left out although it was asked for.
    var offsetObstacle: GrowthObstacle?
    /// What the edit costs elsewhere.
    var warnings: [PhotoWarning] = []

    var isEmpty: Bool { patches.isEmpty && appended.isEmpty }

    /// The block with the edit applied.
    func applied(to view: ByteView) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(view.count + appended.count)
        bytes += view.bytes
        bytes += appended
        for patch in patches {
            for (i, byte) in patch.bytes.enumerated() { bytes[patch.position + i] = byte }
        }
        return bytes
    }
}

/// The values that a photo is to have; nil leaves a value as it is.
struct ExifTarget: Sendable, Hashable {
    /// 19 bytes for DateTimeOriginal.
    var time: [UInt8]?
    /// 6 bytes for OffsetTimeOriginal.
    var offset: [UInt8]?

    /// The tags asked for with their bytes, NUL included, in ascending order.
    var values: [ExifValue] {
        var result: [ExifValue] = []
        if let time { result.append(ExifValue(tag: Tag.dateTimeOriginal, bytes: time + [0])) }
        if let offset { result.append(ExifValue(tag: Tag.offsetTimeOriginal, bytes: offset + [0])) }
        return result
    }
}

/// An ASCII value to be written.
struct ExifValue: Sendable {
    let tag: Int
    /// The text and its NUL.
    let bytes: [UInt8]

    /// The bytes it takes where the next value begins at an even offset.
    var paddedSize: Int { (bytes.count + 1) & ~1 }
}
