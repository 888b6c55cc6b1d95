internal import HTTP
internal import S3
internal import Vocabulary

extension Upload {
    /// Begins an upload in parts of a path's object and answers its id. Where an answer was lost, what it may have begun is given up.
    func begin(_ path: Key, sha256: SHA256, headers: [HTTPHeader]) async throws(S3Error) -> String {
        let lost = LostUploads(upload: self, path: path)
        let result: Result<String, S3Error>
        do throws(S3Error) {
            result = .success(
                try await store.createMultipartUpload(
                    prefix.key(for: path), sha256: sha256, headers: headers, isCalledOff: stop.question, onDoubt: { lost.noteDoubt() }))
        } catch {
            result = .failure(error)
        }
        await lost.giveUp(except: try? result.get())
        return try result.get()
    }

    /// Makes the object of a path out of its parts. Where it is in doubt whether that was done (the answer was lost, or a second try found no upload
    /// any more), the object itself is asked: `size`, `sha256` and the metadata among `headers` tell whether it is the one.
    func complete(
        _ id: String, of path: Key, _ parts: [UploadedPart], size: Int64, sha256: SHA256, headers: [HTTPHeader]
    ) async throws(S3Error) -> PutAnswer {
        let key = prefix.key(for: path)
        do throws(S3Error) {
            return try await store.completeMultipartUpload(id, key, parts: parts)
        } catch {
            guard error.leavesDoubt, let head = await head(key), head.sha256 == sha256, head.size == size,
                headers.allSatisfy({ !$0.name.hasPrefix("x-amz-meta-") || head.header($0.name) == $0.value })
            else { throw error }
            return PutAnswer(etag: head.etag)
        }
    }

    private func head(_ key: Key) async -> ObjectHead? {
        do throws(S3Error) { return try await store.head(key) } catch { return nil }
    }
}

extension S3Error {
    /// True where the request may have been carried out all the same.
    fileprivate var leavesDoubt: Bool {
        switch cause {
        case .transport(.cancelled), .credentials, .unsendable, .ignored: false
        case .transport, .unreadable: true
        case .refused(let refusal): refusal.code == .noSuchUpload || refusal.status >= 500 || refusal.status == 404 || refusal.status == 200
        }
    }
}
