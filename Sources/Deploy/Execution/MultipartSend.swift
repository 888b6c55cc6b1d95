internal import Digest
internal import HTTP
internal import Planning
internal import S3
internal import Source
internal import State
internal import Vocabulary

/// Sends one large file in parts, several at once, each with its own hash, and makes the object of them.
///
/// What an earlier run sent of the same bytes is not sent again: the state keeps the upload's id, and each part's hash and tag, the store's
/// ListParts says which parts it still has, and a part counts where both agree with each other and with the file. An upload that cannot be
/// completed is kept where a state remembers it, else given up.
struct MultipartSend: Sendable {
    let upload: Upload
    let path: Key
    let content: Content
    let layout: PartLayout
    /// The hash of the whole.
    let sha256: SHA256
    /// The hash of each part.
    let parts: [SHA256]
    let headers: [HTTPHeader]

    private var store: S3Client { upload.store }
    private var key: Key { upload.prefix.key(for: path) }

    /// Sends and answers the object's tag.
    func run() async throws(FailureCause) -> PutAnswer {
        if let pending = upload.pending[path] {
            if let sent = try await partsThere(of: pending) {
                do throws(FailureCause) {
                    return try await send(pending.upload.uploadID, having: sent)
                } catch {
                    // Gone meanwhile: what was sent is lost, and all is sent anew.
                    guard case .store(let cause) = error, cause.code == .noSuchUpload else { throw error }
                    upload.recorder?.noteEndOfParts(path)
                }
            } else {
                await giveUp(pending.upload.uploadID)
            }
        }
        let id: String
        do throws(S3Error) { id = try await upload.begin(path, sha256: sha256, headers: headers) } catch { throw .store(error) }
        upload.recorder?.noteBeginOfParts(
            path,
            MultipartUpload(uploadID: id, partSize: layout.partSize, began: upload.now(), status: content.file.status, recipe: identity))
        return try await send(id, having: [:])
    }

    /// What the object will be: content and headers. An upload that was begun for another object is of no use.
    private var identity: SHA256 {
        let lines = headers.map { "\($0.name.lowercased()):\($0.value)\n" }.sorted()
        return SHA256.digest(of: Array((lines.joined() + sha256.hex).utf8))
    }

    /// The parts of an earlier run that serve; nil where it was another object's, or other parts'.
    private func partsThere(of pending: PendingParts) async throws(FailureCause) -> [Int: UploadedPart]? {
        guard pending.upload.partSize == layout.partSize, pending.upload.recipe == identity else { return nil }
        let listed: [UploadedPart]
        do throws(S3Error) { listed = try await store.listParts(of: pending.upload.uploadID, key) } catch {
            if error.isCancelled { throw .store(error) }
            // It has expired, or the server does not list parts: then nothing is known of them.
            return nil
        }
        let stored = Dictionary(listed.map { ($0.number, $0) }) { _, last in last }
        var there: [Int: UploadedPart] = [:]
        for part in pending.parts where (1...layout.count).contains(part.number) {
            let range = layout.range(of: part.number)
            guard let found = stored[part.number], found.etag == part.etag, found.size == Int64(range.count), part.size == found.size,
                part.sha256 == parts[part.number - 1]
            else { continue }
            there[part.number] = found
        }
        return there
    }

    private func send(_ id: String, having sent: [Int: UploadedPart]) async throws(FailureCause) -> PutAnswer {
        do throws(FailureCause) {
            let all = try await sendParts(of: id, having: sent)
            guard content.file.isUnchanged else { throw .source(.changed) }
            let answer: PutAnswer
            do throws(S3Error) {
                answer = try await upload.complete(id, of: path, all, size: layout.size, sha256: sha256, headers: headers)
                try await store.tagAgain(key, headers)
            } catch { throw .store(error) }
            upload.recorder?.noteEndOfParts(path)
            return answer
        } catch {
            if case .source = error {
                await giveUp(id)
            } else if upload.recorder == nil {
                // Nobody would find it again.
                await giveUp(id)
            }
            throw error
        }
    }

    private func sendParts(of id: String, having sent: [Int: UploadedPart]) async throws(FailureCause) -> [UploadedPart] {
        let there = sent.values.reduce(0) { $0 + $1.size }
        if there > 0 { upload.observer.note(.sent(there)) }
        let result: Result<[UploadedPart], FailureCause> = await withTaskGroup(of: Result<UploadedPart, FailureCause>.self) { group in
            var all = Array(sent.values)
            var fault: FailureCause?
            var numbers = (1...layout.count).lazy.filter { sent[$0] == nil }.makeIterator()
            var running = 0
            while true {
                while fault == nil, running < upload.width, let number = numbers.next() {
                    group.addTask { await sendPart(number, of: id) }
                    running += 1
                }
                guard let result = await group.next() else { break }
                running -= 1
                switch result {
                case .success(let part): all.append(part)
                case .failure(let cause):
                    // An interrupted part leaves those in flight alone; the first other fault is the file's.
                    if fault == nil || fault?.isInterruption == true { fault = cause }
                    if !cause.isInterruption { group.cancelAll() }
                }
            }
            if let fault { return .failure(fault) }
            return .success(all.sorted { $0.number < $1.number })
        }
        return try result.get()
    }

    private func sendPart(_ number: Int, of id: String) async -> Result<UploadedPart, FailureCause> {
        if upload.stop.isRequested { return .failure(.interrupted) }
        let (hash, observer) = (parts[number - 1], upload.observer)
        let body = PutBody(RangeBytes(layout.range(of: number), of: content.bytes), sha256: hash)
        let part: UploadedPart
        do throws(S3Error) {
            part = try await store.uploadPart(
                number, of: id, key, body: body, onSend: { observer.note(.sent($0)) },
                isCalledOff: upload.stop.question)
        } catch {
            return .failure(FailureCause(sending: content, error))
        }
        guard content.file.isUnchanged else { return .failure(.source(.changed)) }
        upload.recorder?.notePart(path, MultipartPart(number: number, size: part.size, sha256: hash, etag: part.etag))
        return .success(part)
    }

    /// Has the store remove what was sent, also where this run is being cancelled; not for longer than a few seconds.
    private func giveUp(_ id: String) async {
        await upload.giveUp(id, of: path)
    }
}

extension FailureCause {
    /// True where the run was asked to end, and nothing is wrong.
    var isInterruption: Bool {
        switch self {
        case .interrupted: true
        case .store(let error), .kept(let error): error.isCancelled
        default: false
        }
    }
}
