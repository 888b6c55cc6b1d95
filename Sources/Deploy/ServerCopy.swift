internal import HTTP
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Gives a new file its object by a copy on the server, from one that holds the same bytes; where the server does not do that, or it is in
/// doubt what was copied, the file is sent.
struct ServerCopy: Sendable {
    let upload: Upload

    func run(_ planned: PlannedUpload, reading: Reading?) async -> Upload.Ended {
        let file = planned.file
        guard let copy = planned.copy, let reading, reading.fingerprint.size <= upload.store.profile.multipart.largestCopy,
            await isStill(file, reading)
        else {
            return await upload.send(planned, reading: reading)
        }
        upload.observer.note(.started(file.path, size: 0))
        do throws(S3Error) {
            if let etag = try await perform(copy, for: file, size: reading.fingerprint.size) {
                upload.recorder?.noteUpload(
                    file.path, reading, etag: etag, headers: upload.headers.digest(for: file, size: reading.fingerprint.size),
                    correction: copy.isRewritten ? upload.photoGuard.recipe : nil)
                return Upload.Ended(
                    outcome: .copied(path: file.path, source: copy.path, size: reading.fingerprint.size), photo: nil)
            }
        } catch {
            if error.isCancelled {
                return Upload.Ended(outcome: .failed(path: file.path.string.escapedForTerminal, .store(error)), photo: nil)
            }
        }
        return await upload.send(planned, reading: reading)
    }

    /// Copies the object and makes sure of what was copied; nil where that is in doubt. The tag of the new object, where the server tells it.
    private func perform(_ copy: PlannedCopy, for file: LocalFile, size: Int64) async throws(S3Error) -> ETag?? {
        let (source, target) = (upload.prefix.key(for: copy.path), upload.prefix.key(for: file.path))
        let head = try await upload.store.head(source)
        guard head.size == size, head.etag == copy.etag else { return nil }
        var headers = upload.headers.headers(for: file, size: size).httpHeaders
        headers.append(HTTPHeader(ObjectHead.sha256Header, copy.sha256.hex))
        if copy.isRewritten { headers.append(HTTPHeader(PhotoGuard.recipeHeader, upload.photoGuard.recipe)) }
        let answer = try await upload.store.copy(
            source, to: target, headers: headers, ifMatch: copy.etag, isCalledOff: upload.stop.question)
        guard try await upload.store.isCopy(answer, of: head, at: target) else { return nil }
        return .some(answer.etag)
    }

    /// True where the file is still the one that was hashed.
    private func isStill(_ file: LocalFile, _ reading: Reading) async -> Bool {
        let folder = upload.reader.folder
        let status = await upload.disk.reading { mark in try? OpenedFile(file.sourcePath, in: folder, mark: mark).status } ?? nil
        return status == reading.status
    }
}

extension S3Client {
    /// True where what is at `key` after a copy is the object with this head, as far as can be told.
    ///
    /// Some servers (radosgw) copy whatever the condition says, so the answer is looked at: a simple upload's tag stays the same. The tags of
    /// multipart and of encrypted objects change with every copy; such a server keeps the condition.
    func isCopy(_ answer: PutAnswer, of head: ObjectHead, at key: Key) async throws(S3Error) -> Bool {
        if answer.etag == head.etag { return true }
        let now = try await self.head(key)
        guard head.etag.md5 == nil || head.hidesMD5 || now.hidesMD5 else { return false }
        return now.size == head.size && (answer.etag == nil || now.etag == answer.etag)
    }
}

extension ObjectHead {
    /// True where the tag is no MD5 though it may look like one (Amazon S3 API Reference, Object, `ETag`).
    var hidesMD5: Bool {
        header("x-amz-server-side-encryption")?.hasPrefix("aws:") == true
            || header("x-amz-server-side-encryption-customer-algorithm") != nil
    }
}
