internal import Photo
internal import Planning
internal import Source
internal import Vocabulary

/// Holds one file against the rules of what may be sent. What is looked at are the file's own bytes, read once at most.
struct FileCheck: Sendable {
    let rules: UploadRules
    let folder: SourceFolder

    /// Throws why the file may not be sent; on a thread that may block.
    func check(_ file: LocalFile, _ mark: ReadMark) throws(FailureCause) {
        if let limit = rules.maximumSize, file.status.size > limit { throw .rules(.tooLarge(file.status.size, limit: limit)) }
        guard !rules.allowedTypes.isEmpty || rules.checksImages else { return }
        let found: UploadRefusal? = try FailureCause.wrap { () throws(SourceError) -> UploadRefusal? in
            let opened = try OpenedFile(file.sourcePath, in: folder, mark: mark)
            do {
                if !rules.allowedTypes.isEmpty {
                    let head = try opened.bytes(0..<Int64(ContentType.sniffedCount))
                    if let type = rules.forbiddenType(head, name: file.sourcePath) {
                        return UploadRefusal.type(type, allowed: rules.allowedTypes)
                    }
                }
                guard rules.checksImages, let fault = try PictureStructure.fault(in: opened) else { return nil }
                // Written to while it was read: what it is by then is looked at when it is sent.
                guard opened.isUnchanged else { throw SourceError.changed }
                return .broken(fault)
            } catch {
                throw SourceError(reading: error)
            }
        }
        if let found { throw .rules(found) }
    }
}
