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
    /// The digest of the rules in force.
    let recipe: SHA256
    /// The time of day in nanoseconds since 1970.
    let now: @Sendable () -> Int64
    private(set) var recorder: StateRecorder?
    let observer: any DeployObserver

    /// How one upload ended.
    struct Ended: Sendable {
        let outcome: Outcome
        let photo: PhotoNote?
    }

    /// The same, which keeps what it learns.
    func recording(to recorder: StateRecorder?) -> Upload {
        var upload = self
        upload.recorder = recorder
        return upload
    }

    func send(_ planned: PlannedUpload, reading: Reading?) async -> Ended {
        let file = planned.file
        observer.note(.started(file.path, size: planned.deployedSize ?? file.status.size))
        var note: PhotoNote?
        do throws(FailureCause) {
            var size: Int64
            do throws(FailureCause) {
                size = try await attempt(file, known: reading, &note)
            } catch {
                // Written to while it was read: what it is now is sent, once; a file that never rests is reported.
                guard error.isChange else { throw error }
                size = try await attempt(file, known: nil, &note)
            }
            return Ended(
                outcome: .uploaded(path: file.path, reason: planned.reason, size: size), photo: note)
        } catch {
            return Ended(outcome: .failed(path: file.path.string.escapedForTerminal, error), photo: note)
        }
    }

    private func attempt(_ file: LocalFile, known: Reading?, _ note: inout PhotoNote?) async throws(FailureCause) -> Int64 {
        if ImageCheck.applies(to: file, namesImage: ContentType.namesImage) {
            try FailureCause.wrap { () throws(SourceError) in try ImageCheck.check(file, in: reader.folder) }
        }
        let began = now()
        let content = try FailureCause.wrap { () throws(SourceError) in try reader.open(file) }
        note = PhotoNote(file.path, content)
        if let cause = FailureCause.forbidding(content.photo, strictExif: strictExif) { throw cause }
        // A hash from the survey serves if the file is still the one that was hashed; a small one is hashed anew, which costs nothing.
        let reading: Reading
        if let known, content.memory == nil, content.file.status == known.status, known.fingerprint.size == content.size {
            reading = known
        } else {
            let fingerprint = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(withMD5: false) }
            reading = Reading(
                fingerprint: fingerprint, status: content.file.status, began: began, recipe: reader.rewrites(file.path) ? recipe : nil,
                isRefused: content.photo?.refusal != nil)
        }
        let fingerprint = reading.fingerprint
        let observer = observer
        let body: PutBody
        if let memory = content.memory {
            body = PutBody(memory, sha256: fingerprint.sha256)
        } else {
            body = PutBody(content.bytes, sha256: fingerprint.sha256)
        }
        var headers = self.headers.headers(for: file.path).httpHeaders
        if content.isRewritten { headers.append(HTTPHeader(PhotoGuard.recipeHeader, photoGuard.recipe)) }
        let answer: PutAnswer
        do throws(S3Error) {
            answer = try await store.put(
                prefix.key(for: file.path), body: body, headers: headers,
                onSend: { observer.note(.sent($0)) })
        } catch {
            throw content.file.isUnchanged ? .store(error) : .source(.changed)
        }
        guard content.file.isUnchanged else { throw .source(.changed) }
        recorder?.noteUpload(
            file.path, reading, etag: answer.etag, headers: self.headers.digest(for: file.path),
            correction: content.isRewritten ? photoGuard.recipe : nil)
        return fingerprint.size
    }
}

extension FailureCause {
    fileprivate var isChange: Bool {
        if case .source(.changed) = self { true } else { false }
    }
}
