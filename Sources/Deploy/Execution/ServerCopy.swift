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
        guard let copy = planned.copy, let reading, await isStill(file, reading) else {
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
        let source = upload.prefix.key(for: copy.path)
        let head = try await upload.store.head(source)
        guard head.size == size, head.etag == copy.etag else { return nil }
        let wanted = upload.headers.headers(for: file, size: size)
        var headers = wanted.httpHeaders + NameMark.headers(of: file)
        headers.append(HTTPHeader(ObjectHead.sha256Header, copy.sha256.hex))
        if copy.isRewritten { headers.append(HTTPHeader(PhotoGuard.recipeHeader, upload.photoGuard.recipe)) }
        let dropsTags = upload.former.isDropped(HeaderSet.tagging, from: wanted)
        guard let answer = try await upload.copy(source, head, to: file, copy.sha256, headers, dropsTags: dropsTags) else { return nil }
        return .some(answer.etag)
    }

    /// True where the file is still the one that was hashed.
    private func isStill(_ file: LocalFile, _ reading: Reading) async -> Bool {
        let folder = upload.reader.folder
        let status = await upload.disk.reading { mark in try? OpenedFile(file.sourcePath, in: folder, mark: mark).status } ?? nil
        return status == reading.status
    }
}
