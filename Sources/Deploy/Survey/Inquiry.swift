internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// What is being found out about one candidate: the file is opened at most once, and at most one HEAD is sent.
struct Inquiry {
    let settling: Settling
    var settlement: Settlement
    private var opened: Content?
    var began: Int64 = 0
    private var head: ObjectHead?
    private var wasHeaded = false
    private var wasSourceCompared = false

    init(settling: Settling, candidate: Candidate) {
        self.settling = settling
        settlement = Settlement(candidate: candidate)
    }

    var file: LocalFile { settlement.candidate.file }

    /// Asks the planner until it decides.
    mutating func decide() async throws(FailureCause) -> Decision {
        let (file, remote) = (file, settlement.candidate.remote)
        if ImageCheck.applies(to: file, namesImage: ContentType.namesImage) {
            let folder = settling.reader.folder
            try await read { (mark) throws(SourceError) in try ImageCheck.check(file, in: folder, mark: mark) }
        }
        if settling.readsAllPhotos, PhotoKind.isJPEG(file) { _ = try await content() }
        var local = LocalKnowledge(deployedSize: settling.reader.rewrites(file) ? nil : file.status.size)
        if let fingerprint = settling.usable(settlement.candidate.known.fingerprint) { local = LocalKnowledge(fingerprint) }
        var knowledge = settlement.candidate.remoteKnowledge
        var headers = settling.headerKnowledge(file, settlement.candidate.known.object, size: settlement.candidate.remote?.size)
        if file.derivative != nil, let remote {
            switch try await standing(of: remote) {
            case .upload(let reason): return .upload(reason)
            case .holds(let size, let sha256):
                local = LocalKnowledge(deployedSize: size, sha256: sha256)
                knowledge = .headed(sha256)
                settlement.deployedSize = size
                // A HEAD may have told of them on the way.
                if headers == .unknown, compareHeaders() == .same { headers = .same }
            }
        } else if settling.readsObjects, let remote {
            // What it holds is what it was read to hold, as if it had been recorded.
            knowledge = .recorded(try await read(remote))
        }
        while true {
            switch verdict(local: local, remote: remote, knowledge: knowledge, headers: headers, adopts: mayBeRead) {
            case .settled(.upload) where try await isMadeOfTheSame(remote):
                guard let remote, let sha256 = head?.sha256 else { return .upload(.new) }
                local = LocalKnowledge(deployedSize: remote.size, sha256: sha256)
                if !settling.readsObjects { knowledge = .headed(sha256) }
            case .settled(.unchanged) where headers == .unknown && isPublishedOtherwise(local, &headers): continue
            case .settled(let decision):
                settlement.deployedSize = local.deployedSize ?? settlement.deployedSize
                settlement.hasUnknownHeaders = headers == .unknown
                noteETag(local, knowledge)
                if case .upload = decision, let remote, PhotoKind.isJPEG(file) { try await judgePhoto(replacing: remote) }
                return decision
            case .needs(.deployedSize):
                local.deployedSize = try await content().size
            case .needs(.md5) where settling.store.profile.etag == .opaque,
                .needs(.multipartTags) where settling.store.profile.etag == .opaque:
                // Of a store whose tags never were digests: the HEAD that would follow at once.
                guard let remote else { return .upload(.new) }
                knowledge = .headed(try await head(of: remote)?.sha256)
            case .needs(.md5) where !settling.keepsHashes:
                let (content, md5) = try await turned { (content) throws(SourceError) in try content.md5() }
                local = LocalKnowledge(deployedSize: content.size, md5: md5)
            case .needs(.sha256), .needs(.md5), .needs(.multipartTags):
                let (content, fingerprint) = try await digested(for: remote?.etag)
                settlement.reading = Reading(
                    fingerprint: fingerprint, status: content.file.status, began: began,
                    recipe: settling.reader.recipe(for: file), isRefused: content.photo?.refusal != nil,
                    sourceSHA256: content.derived?.sourceSHA256)
                local = LocalKnowledge(
                    deployedSize: fingerprint.size, sha256: fingerprint.sha256, md5: fingerprint.md5,
                    multipartTags: fingerprint.multipartTags)
            case .needs(.head):
                guard let remote else { return .upload(.new) }
                knowledge = .headed(try await head(of: remote)?.sha256)
                // What was asked for one end serves the other, but nobody asked for headers to be replaced.
                if headers == .unknown, compareHeaders() == .same { headers = .same }
            case .needs(.content):
                guard let remote else { return .upload(.new) }
                knowledge = .read(try await read(remote))
            case .needs(.headers):
                guard let remote, try await head(of: remote) != nil else { return .upload(.new) }
                headers = compareHeaders() ?? .unknown
            }
        }
    }

    /// Asks the published manifest for the headers of an object whose bytes are those of the file; true where they are others.
    private func isPublishedOtherwise(_ local: LocalKnowledge, _ headers: inout HeaderKnowledge) -> Bool {
        guard let published = settling.published, let size = settlement.candidate.remote?.size else { return false }
        headers = published.knowledge(of: file.path, sha256: local.sha256, wanted: settling.headers.digest(for: file, size: size))
        return headers == .drifted
    }

    /// True where the object holds the file as another machine coded it, whose library is of another release: then its bytes are as good as
    /// those that this one would send, and are remembered in their place.
    private mutating func isMadeOfTheSame(_ remote: RemoteObject?) async throws(FailureCause) -> Bool {
        guard !wasSourceCompared, let remote, let coding = settling.reader.coding(of: file) else { return false }
        wasSourceCompared = true
        guard let head = try await head(of: remote), settlement.isObjectAsListed, let sha256 = head.sha256,
            let mark = CodingMark(head), mark.isMade(by: coding)
        else { return false }
        let content = try await content()
        let source: SHA256
        if let coded = content.coded {
            source = coded.sourceSHA256
        } else {
            source = try await read { (_) throws(SourceError) in try content.fingerprint(withMD5: false) }.sha256
        }
        guard content.file.isUnchanged else { throw .source(.changed) }
        guard source == mark.source else { return false }
        settlement.reading = Reading(
            fingerprint: Fingerprint(size: remote.size, sha256: sha256, md5: nil), status: content.file.status, began: began,
            recipe: settling.reader.recipe(for: file), isRefused: false)
        return true
    }

    /// SHA-256 of the object's bytes, all of which are read.
    mutating func read(_ remote: RemoteObject) async throws(FailureCause) -> SHA256 {
        do throws(S3Error) {
            let object = try await settling.store.hashObject(remote.key)
            settlement.isObjectAsListed = object.head.etag == remote.etag && object.head.size == remote.size
            return object.sha256
        } catch { throw .store(error) }
    }

    /// A tag that is the content's MD5, and another one, needs no reading.
    private var mayBeRead: Bool { settling.adopts && head.map { $0.etag.md5 == nil || $0.hidesMD5 } ?? false }

    /// Compares the headers that a HEAD showed with those that are wanted.
    private mutating func compareHeaders() -> HeaderKnowledge? {
        guard let head else { return nil }
        let deployed = settling.headers.deployed(file, size: head.size)
        guard deployed.set.drift(shown: { head.header($0) }).isEmpty else { return .drifted }
        settlement.headers = deployed.digest
        return .same
    }

    /// Tells the store's profile whether a tag that looks like an MD5 was that of the bytes, where both are known.
    private func noteETag(_ local: LocalKnowledge, _ knowledge: RemoteKnowledge) {
        guard let md5 = local.md5, let tag = settlement.candidate.remote?.etag?.md5 else { return }
        if tag == md5 { settling.store.noteETag(isMD5: true) }
        if tag != md5, case .headed(let stored?) = knowledge, stored == local.sha256 { settling.store.noteETag(isMD5: false) }
    }

    /// Has something read on a thread that may block.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (ReadMark) throws(SourceError) -> Value
    ) async throws(FailureCause) -> Value {
        let result = try await settling.disk.reading { mark in
            Result<Value, FailureCause> { () throws(FailureCause) in
                try FailureCause.wrap { () throws(SourceError) in try body(mark) }
            }
        }.orStalled(settling.disk)
        return try result.get()
    }

    private mutating func content() async throws(FailureCause) -> Content {
        if let opened { return opened }
        let open = opening()
        let content = try await read(open)
        try note(content)
        return content
    }

    /// The content, with the digests that tell whether it is what an object with this tag holds.
    mutating func digested(for tag: ETag?) async throws(FailureCause) -> (Content, Fingerprint) {
        try await turned { (content) throws(SourceError) in
            let partSizes = tag?.partCount.map { PartSizes.candidates(size: content.size, parts: $0) } ?? []
            return try content.fingerprint(withMD5: tag?.md5 != nil, partSizes: partSizes)
        }
    }

    /// The content, with what `body` makes of it. It is opened, where it is not yet, in the same turn on the disk's thread, because waiting for a second one
    /// costs as much as a small file's digests.
    private mutating func turned<Value: Sendable>(
        _ body: @escaping @Sendable (Content) throws(SourceError) -> Value
    ) async throws(FailureCause) -> (Content, Value) {
        let open = opening()
        let (content, value) = try await read { [opened] (mark) throws(SourceError) in
            let content = if let opened { opened } else { try open(mark) }
            return (content, try body(content))
        }
        if opened == nil { try note(content) }
        return (content, value)
    }

    /// What opens the file; the reading begins now.
    private mutating func opening() -> @Sendable (ReadMark) throws(SourceError) -> Content {
        if opened == nil { began = settling.now() }
        let (file, reader, readsAll) = (file, settling.reader, settling.readsAllPhotos)
        return { (mark) throws(SourceError) in try reader.open(file, readingFacts: readsAll, mark: mark) }
    }

    /// Keeps what was opened, and sees whether it may be published.
    private mutating func note(_ content: Content) throws(FailureCause) {
        opened = content
        settlement.photo = PhotoNote(file.path, content)
        if content.photo != nil { settlement.deployedSize = content.size }
        if let cause = FailureCause.forbidding(content.rewrite, strictExif: settling.strictExif) { throw cause }
    }

    /// The object's headers, asked once; nil where it was deleted since it was listed.
    mutating func head(of remote: RemoteObject) async throws(FailureCause) -> ObjectHead? {
        if wasHeaded { return head }
        do throws(S3Error) { head = try await settling.store.head(remote.key) } catch {
            guard error.isNotFound else { throw .store(error) }
        }
        settlement.isObjectAsListed = head.map { $0.etag == remote.etag && $0.size == remote.size } ?? false
        wasHeaded = true
        settlement.wasAsked = true
        return head
    }

    /// Raises an alarm where sending this photo would undo or repeat a correction.
    private mutating func judgePhoto(replacing remote: RemoteObject) async throws(FailureCause) {
        let (photoGuard, reader) = (settling.photoGuard, settling.reader)
        let content = reader.changesPhotos ? try await content() : nil
        let isRewritten = content?.isRewritten ?? false
        if isRewritten {
            guard let photo = content?.photo, photoGuard.shifts(photo, reader.rewriter.rules), content?.file.size == remote.size else {
                return
            }
        } else if photoGuard.allowsDropping {
            return
        }
        guard let head = try await head(of: remote), head.metadata[PhotoGuard.recipeName] != nil else { return }
        var sourceIsObject = false
        if isRewritten, let content {
            let source = try await read { (_) throws(SourceError) in try content.sourceFingerprint() }
            sourceIsObject = head.sha256.map { $0 == source.sha256 } ?? (remote.etag?.md5 == source.md5)
        }
        settlement.alarm = photoGuard.alarm(isRewritten: isRewritten, sourceIsObject: sourceIsObject)
    }
}
