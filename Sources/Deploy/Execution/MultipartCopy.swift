internal import HTTP
internal import Planning
internal import S3
internal import State
internal import Vocabulary

/// Copies one object on the server in parts, because it is larger than one CopyObject copies (Amazon S3 API Reference, UploadPartCopy).
///
/// No server's conditions are relied on: the source is looked at once more when all parts are copied and before they become the object, so that
/// every byte is known to be of the object that was meant.
struct MultipartCopy: Sendable {
    let upload: Upload
    /// The object that is copied, as it was found.
    let source: Key
    let head: ObjectHead
    /// The file whose object the copy becomes.
    let file: LocalFile
    /// SHA-256 of the source's bytes.
    let sha256: SHA256
    /// All headers of the copy.
    let headers: [HTTPHeader]

    /// Parts of this size are copied at once, in bytes: few requests, and none that takes a server minutes to answer.
    private static let partSize: Int64 = 256 << 20

    private var store: S3Client { upload.store }
    private var key: Key { upload.prefix.key(for: file.path) }

    /// Copies and answers the new object's tag; nil where the source is another object by now. What was begun and came to nothing is given up.
    func run() async throws(S3Error) -> PutAnswer? {
        let bounds = PartBounds(store.profile.multipart)
        guard let layout = PartLayout(size: head.size, partSize: Self.partSize, within: bounds) else { return nil }
        if let earlier = upload.pending[file.path] { await upload.giveUp(earlier.upload.uploadID, of: file.path) }
        let id = try await upload.begin(file.path, sha256: sha256, headers: headers)
        // So that a later run finds it should this one be killed. No file's content ever has this digest's recipe, so it is never resumed.
        upload.recorder?.noteBeginOfParts(
            file.path,
            MultipartUpload(uploadID: id, partSize: layout.partSize, began: upload.now(), status: file.status, recipe: .empty))
        do throws(S3Error) {
            let parts = try await copyParts(of: id, layout)
            let now = try await store.head(source)
            guard now.etag == head.etag, now.size == head.size else {
                await upload.giveUp(id, of: file.path)
                return nil
            }
            let answer = try await upload.complete(id, of: file.path, parts, size: head.size, sha256: sha256, headers: headers)
            upload.recorder?.noteEndOfParts(file.path)
            return answer
        } catch {
            await upload.giveUp(id, of: file.path)
            throw error
        }
    }

    private func copyParts(of id: String, _ layout: PartLayout) async throws(S3Error) -> [UploadedPart] {
        let result: Result<[UploadedPart], S3Error> = await withTaskGroup(of: Result<UploadedPart, S3Error>.self) { group in
            var all: [UploadedPart] = []
            var fault: S3Error?
            var next = 1
            var running = 0
            while true {
                while fault == nil, next <= layout.count, running < upload.width {
                    let number = next
                    group.addTask { await copyPart(number, of: id, layout) }
                    next += 1
                    running += 1
                }
                guard let result = await group.next() else { break }
                running -= 1
                switch result {
                case .success(let part): all.append(part)
                case .failure(let error):
                    if fault == nil { fault = error }
                    group.cancelAll()
                }
            }
            if let fault { return .failure(fault) }
            return .success(all.sorted { $0.number < $1.number })
        }
        return try result.get()
    }

    private func copyPart(_ number: Int, of id: String, _ layout: PartLayout) async -> Result<UploadedPart, S3Error> {
        do throws(S3Error) {
            return .success(
                try await store.copyPart(
                    number, of: id, key, from: source, bytes: layout.range(of: number), ifMatch: head.etag,
                    isCalledOff: upload.stop.question))
        } catch { return .failure(error) }
    }
}
