internal import Photo
internal import Planning
internal import S3
internal import Source
internal import State
internal import Vocabulary

// A picture is compared by what it was made of, and how; only where nothing else will do is it made to be compared.
extension Inquiry {
    /// What is known of the object at a picture's key.
    enum Standing {
        /// It is another picture, or none.
        case upload(UploadReason)
        /// It is the picture that would be made, or as good: its size and SHA-256.
        case holds(Int64, SHA256)
    }

    /// | known | verdict |
    /// |---|---|
    /// | the state holds the picture's fingerprint, its photo's status and recipe unchanged, and the object with that SHA-256 | holds |
    /// | the same, but for the photo's status: and the photo, read and digested, is what the picture was made of | holds |
    /// | the object's mark names this recipe, and the photo, read and digested, is what it was made of | holds |
    /// | the mark names another recipe or photo | upload: content |
    /// | there is no mark | upload: content, or unverified where the object does not tell what it holds |
    ///
    /// Where pictures are made anew, or objects read, that decides.
    mutating func standing(of remote: RemoteObject) async throws(FailureCause) -> Standing {
        if settling.rerenders { return try await renderedStanding(of: remote) }
        let known = settlement.candidate.known
        if !settling.readsObjects, let object = known.object {
            if let fingerprint = settling.usable(known.fingerprint), fingerprint.sha256 == object.sha256,
                fingerprint.deployedSize == remote.size
            {
                return .holds(remote.size, object.sha256)
            }
            if let former = known.former, let source = former.sourceSHA256, former.sha256 == object.sha256,
                former.deployedSize == remote.size
            {
                let photo = try await photo()
                if photo.sha256 == source { return holds(object.sha256, size: remote.size, photo) }
            }
        }
        guard let head = try await head(of: remote) else { return .upload(.new) }
        guard let mark = DerivativeMark(head), let sha256 = head.sha256, settlement.isObjectAsListed else {
            return .upload(head.sha256 == nil ? .unverified : .content)
        }
        guard mark.recipe == settling.reader.maker?.recipeText(for: file) else { return .upload(.content) }
        let photo = try await photo()
        guard photo.sha256 == mark.source else { return .upload(.content) }
        if settling.readsObjects, try await read(remote) != sha256 { return .upload(.content) }
        return holds(sha256, size: remote.size, photo)
    }

    /// Makes the picture and compares it with what is known of the object.
    private mutating func renderedStanding(of remote: RemoteObject) async throws(FailureCause) -> Standing {
        let (content, fingerprint) = try await digested(for: remote.etag)
        settlement.reading = Reading(
            fingerprint: fingerprint, status: content.file.status, began: began, recipe: settling.reader.recipe(for: file),
            isRefused: false, sourceSHA256: content.derived?.sourceSHA256)
        guard fingerprint.size == remote.size else { return .upload(.size) }
        if let object = settlement.candidate.known.object {
            return object.sha256 == fingerprint.sha256 ? .holds(fingerprint.size, fingerprint.sha256) : .upload(.content)
        }
        guard let head = try await head(of: remote) else { return .upload(.new) }
        return head.sha256 == fingerprint.sha256 ? .holds(fingerprint.size, fingerprint.sha256) : .upload(.content)
    }

    /// SHA-256 of the photo as it is deployed, and its status when it was opened; read once for all of its pictures.
    private mutating func photo() async throws(FailureCause) -> (sha256: SHA256, status: FileStatus) {
        if let known = settling.usable(settlement.candidate.known.fingerprint)?.sourceSHA256 { return (known, file.status) }
        began = settling.now()
        let (reader, file, digests, strictExif) = (settling.reader, file, settling.photoDigests, settling.strictExif)
        let result = try await settling.disk.reading { mark in
            Result<(sha256: SHA256, status: FileStatus), FailureCause> { () throws(FailureCause) in
                if let known = digests.digest(of: file) { return (known, file.status) }
                let content = try FailureCause.wrap { () throws(SourceError) in try reader.openPhoto(of: file, mark: mark) }
                if let cause = FailureCause.forbidding(content.photo, strictExif: strictExif) { throw cause }
                let sha256 = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(withMD5: false) }.sha256
                if content.file.status == file.status { digests.note(sha256, of: file) }
                return (sha256, content.file.status)
            }
        }.orStalled(settling.disk)
        return try result.get()
    }

    /// The object holds the picture, which was not made: what it is is remembered.
    private mutating func holds(_ sha256: SHA256, size: Int64, _ photo: (sha256: SHA256, status: FileStatus)) -> Standing {
        settlement.reading = Reading(
            fingerprint: Fingerprint(size: size, sha256: sha256, md5: nil), status: photo.status, began: began,
            recipe: settling.reader.recipe(for: file), isRefused: false, sourceSHA256: photo.sha256)
        return .holds(size, sha256)
    }
}
