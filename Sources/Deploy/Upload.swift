internal import HTTP
internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Sends one file: opened once, read once where it is small, hashed, put with its hash, and checked not to have changed meanwhile.
struct Upload: Sendable {
    let reader: ContentReader
    let store: S3Client
    let prefix: Prefix
    let photoGuard: PhotoGuard
    let strictExif: Bool
    let headers: DeployedHeaders
    /// The time of day in nanoseconds since 1970.
    let now: @Sendable () -> Int64
    private(set) var recorder: StateRecorder?
    /// The uploads in parts that earlier runs left, by path.
    private(set) var pending: [Key: PendingParts] = [:]
    /// What the files must hold, by path, where a saved plan is carried out.
    private(set) var planned: [Key: SHA256]?
    /// The size of the parts that a large file is sent in, in bytes.
    let partSize: Int64
    /// How many parts of one file may be on their way now.
    let width: @Sendable () -> Int
    let stop: DeployStop
    let observer: any DeployObserver

    /// How one upload ended.
    struct Ended: Sendable {
        let outcome: Outcome
        let photo: PhotoNote?
    }

    /// The same, which keeps what it learns.
    func recording(to recorder: StateRecorder?, resuming pending: [Key: PendingParts], sendingOnly planned: [Key: SHA256]?) -> Upload {
        var upload = self
        upload.planned = planned
        upload.recorder = recorder
        upload.pending = pending
        return upload
    }

    func send(_ planned: PlannedUpload, reading: Reading?) async -> Ended {
        let file = planned.file
        observer.note(.started(file.path, size: planned.deployedSize ?? file.status.size))
        var note: PhotoNote?
        do throws(FailureCause) {
            var sent: Fingerprint
            do throws(FailureCause) {
                sent = try await attempt(file, known: reading, &note)
            } catch {
                // Written to while it was read: what it is now is sent, once; a file that never rests is reported.
                guard error.isChange else { throw error }
                sent = try await attempt(file, known: nil, &note)
            }
            return Ended(
                outcome: .uploaded(path: file.path, reason: planned.reason, size: sent.size, sha256: sent.sha256), photo: note)
        } catch {
            return Ended(outcome: .failed(path: file.path.string.escapedForTerminal, error), photo: note)
        }
    }

    private func attempt(_ file: LocalFile, known: Reading?, _ note: inout PhotoNote?) async throws(FailureCause) -> Fingerprint {
        if ImageCheck.applies(to: file, namesImage: ContentType.namesImage) {
            try FailureCause.wrap { () throws(SourceError) in try ImageCheck.check(file, in: reader.folder) }
        }
        let began = now()
        let content = try FailureCause.wrap { () throws(SourceError) in try reader.open(file) }
        note = PhotoNote(file.path, content)
        if let cause = FailureCause.forbidding(content.photo, strictExif: strictExif) { throw cause }
        // A hash from the survey serves if the file is still the one that was hashed; a small one is hashed anew, which costs nothing.
        let reading: Reading
        let layout = content.memory == nil ? PartLayout(size: content.size, partSize: partSize, within: bounds) : nil
        var parts: [SHA256] = []
        if let layout {
            let found = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(partSize: layout.partSize) }
            parts = found.parts
            reading = self.reading(found.whole, at: file.sourcePath, of: content, began: began)
        } else if let known, content.memory == nil, content.file.status == known.status, known.fingerprint.size == content.size {
            reading = known
        } else {
            let fingerprint = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(withMD5: false) }
            reading = self.reading(fingerprint, at: file.sourcePath, of: content, began: began)
        }
        let fingerprint = reading.fingerprint
        // Written to between the look at the whole plan and this file's turn.
        if let planned, planned[file.path] != fingerprint.sha256 { throw .source(.changed) }
        let opened = LocalFile(path: file.path, status: content.file.status, sourcePath: file.sourcePath)
        var headers = self.headers.headers(for: opened, size: content.size).httpHeaders + CodingMark.headers(of: content)
        if content.isRewritten { headers.append(HTTPHeader(PhotoGuard.recipeHeader, photoGuard.recipe)) }
        let answer: PutAnswer
        if let layout, let inParts = try await sendInParts(file.path, content, layout, fingerprint.sha256, parts, headers) {
            answer = inParts
        } else {
            answer = try await sendWhole(file.path, content, fingerprint.sha256, headers)
        }
        recorder?.noteUpload(
            file.path, reading, etag: answer.etag, headers: self.headers.digest(for: opened, size: content.size),
            correction: content.isRewritten ? photoGuard.recipe : nil)
        return fingerprint
    }

    /// What this store takes of an upload in parts.
    private var bounds: PartBounds { PartBounds(store.profile.multipart) }

    private func reading(_ fingerprint: Fingerprint, at path: Key, of content: Content, began: Int64) -> Reading {
        Reading(
            fingerprint: fingerprint, status: content.file.status, began: began, recipe: reader.recipe(for: path),
            isRefused: content.photo?.refusal != nil)
    }

    private func sendWhole(
        _ path: Key, _ content: Content, _ sha256: SHA256, _ headers: [HTTPHeader]
    ) async throws(FailureCause) -> PutAnswer {
        let observer = observer
        let body = content.memory.map { PutBody($0, sha256: sha256) } ?? PutBody(content.bytes, sha256: sha256)
        let answer: PutAnswer
        do throws(S3Error) {
            answer = try await store.put(prefix.key(for: path), body: body, headers: headers, onSend: { observer.note(.sent($0)) })
        } catch {
            throw content.file.isUnchanged ? .store(error) : .source(.changed)
        }
        guard content.file.isUnchanged else { throw .source(.changed) }
        return answer
    }

    /// Nil where the server takes no parts, and the whole is small enough to be sent at once.
    private func sendInParts(
        _ path: Key, _ content: Content, _ layout: PartLayout, _ sha256: SHA256, _ parts: [SHA256], _ headers: [HTTPHeader]
    ) async throws(FailureCause) -> PutAnswer? {
        do throws(FailureCause) {
            return try await MultipartSend(
                upload: self, path: path, content: content, layout: layout, sha256: sha256, parts: parts, headers: headers
            ).run()
        } catch {
            guard case .store(let cause) = error, cause.operation == .createMultipartUpload,
                cause.code == .notImplemented || cause.code == .methodNotAllowed, layout.size <= bounds.sizes.upperBound
            else { throw error }
            return nil
        }
    }
}

extension PartBounds {
    /// A store's, as far as they are known.
    init(_ known: ProviderProfile.Multipart) {
        self.init(minimumPart: known.minimumPart, maximumPart: known.maximumPart, maximumCount: known.maximumParts)
    }
}

extension FailureCause {
    fileprivate var isChange: Bool {
        if case .source(.changed) = self { true } else { false }
    }
}
