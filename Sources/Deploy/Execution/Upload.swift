internal import HTTP
internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Sends one file: opened once, read once where it is small, hashed, put with its hash, and checked not to have changed meanwhile.
///
/// One for a whole run, and a class, because every file in flight holds it in several places.
final class Upload: Sendable {
    let reader: ContentReader
    let store: S3Client
    let prefix: Prefix
    let photoGuard: PhotoGuard
    let strictExif: Bool
    let headers: DeployedHeaders
    /// The time of day in nanoseconds since 1970.
    let now: @Sendable () -> Int64
    /// The size of the parts that a large file is sent in, in bytes.
    let partSize: Int64
    /// The most parts of one file that may be on their way at once, whatever the number of requests.
    let partsAtOnce: Int
    let disk: DiskExecutor
    let stop: DeployStop
    let observer: any DeployObserver
    let recorder: StateRecorder?
    /// The uploads in parts that earlier runs left, by path.
    let pending: [Key: PendingParts]
    /// What the files must hold, by path, where a saved plan is carried out.
    let planned: [Key: SHA256]?
    /// Headers that runs of this state have given to objects.
    let former: FormerHeaders

    init(
        reader: ContentReader, store: S3Client, prefix: Prefix, photoGuard: PhotoGuard, strictExif: Bool, headers: DeployedHeaders,
        now: @escaping @Sendable () -> Int64, partSize: Int64, partsAtOnce: Int, disk: DiskExecutor, stop: DeployStop,
        observer: any DeployObserver, recorder: StateRecorder? = nil, pending: [Key: PendingParts] = [:], planned: [Key: SHA256]? = nil,
        former: FormerHeaders = FormerHeaders(HeaderRules(), remembered: nil)
    ) {
        self.reader = reader
        self.store = store
        self.prefix = prefix
        self.photoGuard = photoGuard
        self.strictExif = strictExif
        self.headers = headers
        self.now = now
        self.partSize = partSize
        self.partsAtOnce = partsAtOnce
        self.disk = disk
        self.stop = stop
        self.observer = observer
        self.recorder = recorder
        self.pending = pending
        self.planned = planned
        self.former = former
    }

    /// How one upload ended.
    struct Ended: Sendable {
        let outcome: Outcome
        let photo: PhotoNote?
        /// True where an object was copied onto itself and nobody knows who could read it before.
        var hasUntoldACL = false
    }

    /// The same, which keeps what it learns.
    func recording(
        to recorder: StateRecorder?, resuming pending: [Key: PendingParts], sendingOnly planned: [Key: SHA256]?, former: FormerHeaders
    ) -> Upload {
        Upload(
            reader: reader, store: store, prefix: prefix, photoGuard: photoGuard, strictExif: strictExif, headers: headers, now: now,
            partSize: partSize, partsAtOnce: partsAtOnce, disk: disk, stop: stop, observer: observer, recorder: recorder,
            pending: pending, planned: planned, former: former)
    }

    func send(_ planned: PlannedUpload, reading: Reading?) async -> Ended {
        let file = planned.file
        observer.note(.started(file.path, size: planned.expectedSize))
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
        let prepared = try await disk.reading { mark in Prepared(file, known: known, for: self, mark) }.orStalled(disk)
        note = prepared.note
        let (content, layout, reading, parts) = try prepared.result.get()
        let fingerprint = reading.fingerprint
        // Written to between the look at the whole plan and this file's turn.
        if let planned, planned[file.path] != fingerprint.sha256 { throw .source(.changed) }
        let opened = file.with(content.file.status)
        let deployed = self.headers.deployed(opened, size: content.size)
        // Most files have no mark, and then nothing is copied.
        var headers = deployed.fields
        if content.coded != nil { headers += CodingMark.headers(of: content) }
        if file.mark != nil { headers += NameMark.headers(of: file) }
        if content.derived != nil { headers += DerivativeMark.headers(of: content, madeOf: file.sourcePath) }
        if content.isRewritten { headers.append(HTTPHeader(PhotoGuard.recipeHeader, photoGuard.recipe)) }
        let answer: PutAnswer
        if let layout, let inParts = try await sendInParts(file.path, content, layout, fingerprint.sha256, parts, headers) {
            answer = inParts
        } else {
            answer = try await sendWhole(file.path, content, fingerprint.sha256, headers)
        }
        recorder?.noteUpload(
            file.path, reading, etag: answer.etag, headers: deployed.digest,
            correction: content.derived != nil ? DerivativeMark.note : content.isRewritten ? photoGuard.recipe : nil)
        return fingerprint
    }

    /// What a body holds of memory while it is sent from a file, in bytes, at most: the stretch that is read ahead (512 KiB) and libcurl's own
    /// buffer (256 KiB), of HTTPClientConfiguration, and what goes with a connection. A small file holds no more.
    static let streamMemory = ContentReader.memoryLimit

    /// What a file holds of memory while it is sent, in bytes.
    func memory(forSending file: LocalFile) -> Int64 {
        if file.derivative != nil { return max(Self.streamMemory, reader.memory(of: file)) }
        let size = file.status.size
        guard size > ContentReader.memoryLimit else { return size }
        guard let layout = PartLayout(size: size, partSize: partSize, within: bounds) else {
            return max(Self.streamMemory, reader.memory(of: file))
        }
        return Int64(min(layout.count, partsAtOnce)) * Self.streamMemory
    }

    /// How many parts of one file may be on their way now.
    var width: Int { min(store.requestLimit, partsAtOnce) }

    /// What this store takes of an upload in parts.
    var bounds: PartBounds { PartBounds(store.profile.multipart) }

    func reading(_ fingerprint: Fingerprint, of file: LocalFile, _ content: Content, began: Int64) -> Reading {
        Reading(
            fingerprint: fingerprint, status: content.file.status, began: began, recipe: reader.recipe(for: file),
            isRefused: content.photo?.refusal != nil, sourceSHA256: content.derived?.sourceSHA256)
    }

    private func sendWhole(
        _ path: Key, _ content: Content, _ sha256: SHA256, _ headers: [HTTPHeader]
    ) async throws(FailureCause) -> PutAnswer {
        let observer = observer
        let body = content.memory.map { PutBody($0, sha256: sha256) } ?? PutBody(content.bytes, sha256: sha256)
        let answer: PutAnswer
        do throws(S3Error) {
            answer = try await store.put(
                prefix.key(for: path), body: body, headers: headers, onSend: { observer.note(.sent($0)) },
                isCalledOff: stop.question)
        } catch {
            throw FailureCause(sending: content, error)
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
