internal import Planning
internal import Source
internal import State
internal import Vocabulary

/// One reading of a file to its end, with what makes it worth remembering.
struct Reading: Sendable {
    /// What was read.
    let fingerprint: Fingerprint
    /// The file's status when it was opened; it was the same when the reading ended.
    let status: FileStatus
    /// The time of day before it was opened, in nanoseconds since 1970.
    let began: Int64
    /// The recipe that the bytes were made by; nil for a file that no rule can touch.
    let recipe: SHA256?
    /// True where a rewrite was refused and the file goes as it is.
    let isRefused: Bool
    /// SHA-256 of the photo, as it is deployed, that a picture was made of; nil for a file.
    var sourceSHA256: SHA256?
}

/// Keeps what a run learns. Never waits for a disk.
struct StateRecorder: Sendable {
    private let writer: StateWriter

    init(_ database: StateDatabase) { writer = StateWriter(database) }

    /// What was found out about a file before anything is sent.
    func note(_ settled: Settlement) {
        let path = settled.candidate.file.path
        if let reading = settled.reading { note(path, reading) }
        guard case .success(.unchanged) = settled.result, let remote = settled.candidate.remote, settled.isObjectAsListed else { return }
        if let known = settled.candidate.known.object {
            if settled.headers == nil { return noteUnchanged(path, remote, known) }
            var record = known.adopting(lastModified: remote.lastModified) ?? known
            if let headers = settled.headers { record.headers = headers }
            if record != known { writer.record(.object(key: path, record)) }
        } else if let etag = remote.etag, let sha256 = settled.sha256 {
            writer.record(
                .object(
                    key: path,
                    ObjectRecord(
                        etag: etag, size: remote.size, lastModified: remote.lastModified, sha256: sha256, headers: settled.headers,
                        correction: settled.candidate.file.derivative == nil ? nil : DerivativeMark.note)
                ))
        }
    }

    /// An object is what it was: its time, where the listing tells another, is adopted.
    func noteUnchanged(_ path: Key, _ remote: RemoteObject, _ known: ObjectRecord?) {
        if let record = known?.adopting(lastModified: remote.lastModified) { writer.record(.object(key: path, record)) }
    }

    /// A file was sent: what it is, and what the bucket now holds. The listing's time of it is adopted when it is next listed.
    func noteUpload(_ path: Key, _ reading: Reading, etag: ETag?, headers: SHA256, correction: String?) {
        note(path, reading)
        writer.record(
            .object(
                key: path,
                ObjectRecord(
                    etag: etag, size: reading.fingerprint.size, sha256: reading.fingerprint.sha256, headers: headers,
                    correction: correction)))
    }

    /// An object's headers were replaced, or it is known to hold its file's bytes.
    func noteHeaders(_ planned: PlannedHeaderUpdate, etag: ETag?, headers: SHA256?, recipe: String?) {
        writer.record(
            .object(
                key: planned.file.path,
                ObjectRecord(
                    etag: etag, size: planned.object.size, sha256: planned.sha256, headers: headers,
                    correction: planned.file.derivative == nil ? recipe : DerivativeMark.note)))
    }

    /// An upload in parts was begun.
    func noteBeginOfParts(_ path: Key, _ upload: MultipartUpload) { writer.record(.multipartBegan(key: path, upload)) }

    /// The store has a part of it.
    func notePart(_ path: Key, _ part: MultipartPart) { writer.record(.multipartPart(key: path, part)) }

    /// It was completed or given up.
    func noteEndOfParts(_ path: Key) { writer.record(.multipartEnded(key: path)) }

    /// A layout gave the file at `path` a key.
    func note(name path: Key, _ record: NameRecord) { writer.record(.name(path: path, record)) }
    /// What the manifest tells of a picture.
    func note(_ path: Key, _ picture: PictureRecord) { writer.record(.picture(path: path, picture)) }

    /// Something of the bucket as a whole.
    func note(fact name: String, _ value: String) { writer.record(.fact(name: name, value: value)) }

    /// The bucket has no such object any more.
    func noteDeletion(_ path: Key) { writer.record(.forgetObject(key: path)) }

    /// Forgets what was not met.
    func forget(_ gone: Gone) {
        for path in gone.files { writer.record(.forgetFingerprint(path: path)) }
        for path in gone.objects { writer.record(.forgetObject(key: path)) }
    }

    /// Writes what waits; answers the fault where one ended the writing.
    func finish() -> StateError? { writer.finish().failure }

    private func note(_ path: Key, _ reading: Reading) {
        guard FingerprintRecord.isTrustworthy(reading.status, readBegan: reading.began) else { return }
        let fingerprint = reading.fingerprint
        writer.record(
            .fingerprint(
                path: path,
                FingerprintRecord(
                    status: reading.status, recipe: reading.recipe, deployedSize: fingerprint.size, sha256: fingerprint.sha256,
                    md5: fingerprint.md5, sourceSHA256: reading.sourceSHA256, isRefused: reading.isRefused)))
    }
}
