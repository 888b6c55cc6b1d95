internal import Photo
internal import Planning
internal import Source
internal import State
internal import Vocabulary

/// Reads what the manifest tells of one picture from its file as it is deployed; on a thread that may block.
struct PictureFacts {
    let reader: ContentReader
    let extras: Set<ManifestSetting.Extra>

    /// True where the file's content has something to tell. A picture that a deploy makes is not made again for that.
    func apply(to file: LocalFile) -> Bool {
        file.derivative == nil && (ContentType.namesImage(file.path) || extras.contains(.sourceHash))
    }

    /// True where a record of an earlier run serves.
    func holds(_ record: PictureRecord, for file: LocalFile, sha256: SHA256) -> Bool {
        guard record.sha256 == sha256 else { return false }
        if extras.isEmpty { return true }
        let isSame =
            record.status.size == file.status.size && record.status.modified == file.status.modified
            && record.status.changed == file.status.changed && record.status.inode == file.status.inode
        return isSame && (!extras.contains(.sourceHash) || record.sourceSHA256 != nil)
    }

    /// Reads them. Throws where the file is not the one that was deployed any more.
    func read(_ file: LocalFile, sha256: SHA256, mark: ReadMark) throws(SourceError) -> PictureRecord {
        let content = try reader.open(file, readingFacts: true, mark: mark)
        guard content.file.status == file.status else { throw .changed }
        var size: PictureSize?
        if ContentType.namesImage(file.path) {
            do { size = try PictureSize(of: content.bytes) } catch { throw error as? SourceError ?? .changed }
        }
        var source: SHA256?
        if extras.contains(.sourceHash) {
            let isRewritten = content.isRewritten || content.coded != nil
            source = isRewritten ? try content.sourceFingerprint().sha256 : sha256
        }
        guard content.file.isUnchanged else { throw .changed }
        let times = content.photo.map(Self.times)
        return PictureRecord(
            sha256: sha256, status: file.status, size: size.map { ($0.width, $0.height) }, taken: times?.after,
            takenBefore: extras.contains(.captureTimeBefore) ? times?.before : nil, sourceSHA256: source)
    }

    /// The capture times before and after, as the manifest writes them.
    private static func times(_ photo: PhotoRewrite) -> (before: String?, after: String?) {
        let before = text(photo.facts.captureTime, photo.facts.offset)
        guard photo.refusal == nil else { return (before, before) }
        return (before, text(photo.timeAfter ?? photo.facts.captureTime, photo.offsetAfter ?? photo.facts.offset))
    }

    /// `2024-06-15T10:30:45+02:00` (RFC 3339 §5.6; without an offset where none is known).
    private static func text(_ time: CaptureTime?, _ offset: UTCOffset?) -> String? {
        guard let time else { return nil }
        var digits = time.exifBytes
        digits[4] = UInt8(ascii: "-")
        digits[7] = UInt8(ascii: "-")
        digits[10] = UInt8(ascii: "T")
        return String(decoding: digits.prefix(19), as: UTF8.self) + (offset.map { "\($0)" } ?? "")
    }
}
