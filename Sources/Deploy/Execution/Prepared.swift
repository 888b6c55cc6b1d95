internal import Photo
internal import Planning
internal import Source
internal import Vocabulary

/// A file as it is to be sent: opened, and read once for its hash.
final class Prepared: Sendable {
    /// What is said of the photo, also where it is not sent.
    let note: PhotoNote?
    /// The content, how it is cut into parts, what its reading told, and the hash of each part; or why it is not sent.
    let result: Result<Ready, FailureCause>

    typealias Ready = (content: Content, layout: PartLayout?, reading: Reading, parts: [SHA256])

    /// Reads `file` for `upload`; on a thread that may block. A hash that is `known` serves if the file is still the one that was hashed; a small
    /// one is hashed anew, which costs nothing.
    init(_ file: LocalFile, known: Reading?, for upload: Upload, _ mark: ReadMark) {
        var note: PhotoNote?
        do throws(FailureCause) {
            result = .success(try Self.read(file, known, upload, mark, &note))
        } catch {
            result = .failure(error)
        }
        self.note = note
    }

    private static func read(
        _ file: LocalFile, _ known: Reading?, _ upload: Upload, _ mark: ReadMark, _ note: inout PhotoNote?
    ) throws(FailureCause) -> Ready {
        let reader = upload.reader
        if ImageCheck.applies(to: file, namesImage: ContentType.namesImage) {
            try FailureCause.wrap { () throws(SourceError) in try ImageCheck.check(file, in: reader.folder, mark: mark) }
        }
        let began = upload.now()
        let content = try FailureCause.wrap { () throws(SourceError) in try reader.open(file, mark: mark) }
        note = PhotoNote(file.path, content)
        if let cause = FailureCause.forbidding(content.rewrite, strictExif: upload.strictExif) { throw cause }
        if content.memory == nil {
            if let layout = PartLayout(size: content.size, partSize: upload.partSize, within: upload.bounds) {
                let found = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(partSize: layout.partSize) }
                return (content, layout, upload.reading(found.whole, of: file, content, began: began), found.parts)
            }
            if let known, content.file.status == known.status, known.fingerprint.size == content.size { return (content, nil, known, []) }
        }
        let fingerprint = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(withMD5: false) }
        return (content, nil, upload.reading(fingerprint, of: file, content, began: began), [])
    }
}

extension Optional {
    /// What was read; an error where the disk stood still, or the run was cancelled meanwhile.
    func orStalled(_ disk: DiskExecutor) throws(FailureCause) -> Wrapped {
        guard let self else { throw Task.isCancelled ? .interrupted : .source(.stalled(disk.stallLimit)) }
        return self
    }
}
