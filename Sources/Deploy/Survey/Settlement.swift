internal import Photo
internal import Planning
internal import S3
internal import Source
internal import State
internal import Vocabulary

/// A file that may have to be sent, with the object of its key where there is one.
struct Candidate: Sendable {
    let file: LocalFile
    let remote: RemoteObject?
    /// What the local state knows of both.
    var known = Known()
}

/// What was decided of a candidate, with what was learnt on the way.
struct Settlement: Sendable {
    let candidate: Candidate
    var result: Result<Decision, FailureCause> = .success(.unchanged)
    var deployedSize: Int64?
    var reading: Reading?
    /// The digest of the headers that a HEAD showed, where they are the wanted ones.
    var headers: SHA256?
    /// True where nobody knows the object's headers.
    var hasUnknownHeaders = false
    /// False where a HEAD found another object than the listing: what was learnt of it does not belong to the listing's row.
    var isObjectAsListed = true
    /// True where the store was asked about the object, and answered.
    var wasAsked = false
    var photo: PhotoNote?
    var alarm: PhotoAlarm?

    init(candidate: Candidate) { self.candidate = candidate }

    /// True where the file was not opened because an earlier run's reading serves, and that one found that it cannot be rewritten safely.
    var isKnownRefusal: Bool { photo == nil && candidate.known.fingerprint?.isRefused == true }

    /// SHA-256 of the bytes that would be deployed, where it is known.
    var sha256: SHA256? { reading?.fingerprint.sha256 ?? candidate.known.fingerprint?.sha256 }
}

/// Answers the planner's needs for one candidate: reads the photo's header, hashes the deployed bytes, sends a HEAD; never more than it asks for.
final class Settling: Sendable {
    let reader: ContentReader
    let store: S3Client
    let photoGuard: PhotoGuard
    let strictExif: Bool
    let headers: DeployedHeaders
    /// What photos that pictures are made of were found to be.
    let photoDigests: PhotoDigests
    /// True where every picture is made anew, and sent where another one comes of it.
    let rerenders: Bool
    /// True where every object is asked for its headers.
    let checksHeaders: Bool
    /// True where an object without our metadata and without a usable tag is read and hashed instead of being replaced.
    let adopts: Bool
    /// True where objects are read and hashed to be compared.
    let readsObjects: Bool
    /// True where every photo is read, decided or not: for a dry run's summary, or because rules must be seen to match.
    let readsAllPhotos: Bool
    /// The time of day in nanoseconds since 1970.
    let now: @Sendable () -> Int64
    /// Where files are read.
    let disk: DiskExecutor
    /// False where the SHA-256 of what turns out to be unchanged is of no use to anybody.
    let keepsHashes: Bool
    /// What the published manifest tells of headers, where no state does.
    let published: PublishedHeaders?

    init(
        reader: ContentReader, store: S3Client, photoGuard: PhotoGuard, strictExif: Bool, headers: DeployedHeaders,
        photoDigests: PhotoDigests = PhotoDigests(derivativeCount: 0), rerenders: Bool = false, checksHeaders: Bool, adopts: Bool,
        readsObjects: Bool, readsAllPhotos: Bool, now: @escaping @Sendable () -> Int64, disk: DiskExecutor, keepsHashes: Bool = true,
        published: PublishedHeaders? = nil
    ) {
        self.reader = reader
        self.store = store
        self.photoGuard = photoGuard
        self.strictExif = strictExif
        self.headers = headers
        self.photoDigests = photoDigests
        self.rerenders = rerenders
        self.checksHeaders = checksHeaders
        self.adopts = adopts
        self.readsObjects = readsObjects
        self.readsAllPhotos = readsAllPhotos
        self.now = now
        self.disk = disk
        self.keepsHashes = keepsHashes
        self.published = published
    }

    /// The same, with what the published manifest tells.
    func with(_ published: PublishedHeaders?) -> Settling {
        Settling(
            reader: reader, store: store, photoGuard: photoGuard, strictExif: strictExif, headers: headers, photoDigests: photoDigests,
            rerenders: rerenders, checksHeaders: checksHeaders, adopts: adopts, readsObjects: readsObjects, readsAllPhotos: readsAllPhotos,
            now: now, disk: disk, keepsHashes: keepsHashes, published: published)
    }

    /// The fingerprint that the state keeps, where it serves: not for a photo whose refusal must now fail it.
    func usable(_ fingerprint: FingerprintRecord?) -> FingerprintRecord? {
        fingerprint.flatMap { strictExif && $0.isRefused ? nil : $0 }
    }

    /// What is known of the headers of an object that holds exactly the bytes that would be deployed, as the listing and the state alone tell; nil
    /// where they do not.
    func headersOfUnchanged(_ file: LocalFile, _ remote: RemoteObject, _ known: Known) -> HeaderKnowledge? {
        guard let recorded = known.object, let fingerprint = usable(known.fingerprint), !readsObjects,
            !(readsAllPhotos && PhotoKind.isJPEG(file)), !(rerenders && file.derivative != nil)
        else { return nil }
        let headers = headerKnowledge(file, recorded, size: remote.size)
        let verdict = verdict(
            local: LocalKnowledge(fingerprint), remote: remote, knowledge: .recorded(recorded.sha256), headers: headers)
        return verdict == .settled(.unchanged) ? headers : nil
    }

    /// What else can be decided from the listing and the state alone; nil where it takes reading or asking.
    func immediate(_ candidate: Candidate) -> Settlement? {
        let file = candidate.file
        if readsObjects || (rerenders && file.derivative != nil), candidate.remote != nil { return nil }
        if let fingerprint = usable(candidate.known.fingerprint), !(readsAllPhotos && PhotoKind.isJPEG(file)) {
            // It was read before, so it is no empty image.
            let headers = headerKnowledge(file, candidate.known.object, size: candidate.remote?.size)
            let verdict = verdict(
                local: LocalKnowledge(fingerprint), remote: candidate.remote, knowledge: candidate.remoteKnowledge, headers: headers)
            switch verdict {
            case .settled(.unchanged):
                var settlement = Settlement(candidate, .unchanged, deployedSize: fingerprint.deployedSize)
                settlement.hasUnknownHeaders = headers == .unknown
                return settlement
            case .settled(.updateHeaders): return Settlement(candidate, .updateHeaders, deployedSize: fingerprint.deployedSize)
            default: break
            }
        }
        if ImageCheck.applies(to: file, namesImage: ContentType.namesImage) { return nil }
        let isPhoto = PhotoKind.isJPEG(file)
        // A photo that replaces an object is looked at first: what it was deployed with may forbid it.
        if isPhoto, readsAllPhotos || candidate.remote != nil { return nil }
        let size = reader.rewrites(file) ? nil : file.status.size
        guard case .settled(let decision) = verdict(local: LocalKnowledge(deployedSize: size), remote: candidate.remote, knowledge: .listed)
        else { return nil }
        return Settlement(candidate, decision, deployedSize: size)
    }

    /// What is known of an object's headers before it is asked.
    func headerKnowledge(_ file: LocalFile, _ object: ObjectRecord?, size: Int64?) -> HeaderKnowledge {
        // That content lies there in the clear must not pass unseen.
        guard let recorded = object?.headers else { return checksHeaders || headers.asksForEncryption ? .unasked : .unknown }
        // They matter where the object holds what would be deployed, and so is as large.
        guard let size else { return checksHeaders ? .unasked : .unknown }
        // It was deployed with others. A HEAD would not show whether what the object has besides was meant then.
        guard recorded == headers.digest(for: file, size: size) else { return .drifted }
        return checksHeaders ? .unasked : .same
    }

    /// Decides, reading and asking as needed; a fault is the settlement's result.
    func settle(_ candidate: Candidate) async -> Settlement {
        var inquiry = Inquiry(settling: self, candidate: candidate)
        do throws(FailureCause) {
            inquiry.settlement.result = .success(try await inquiry.decide())
        } catch {
            inquiry.settlement.result = .failure(error)
        }
        return inquiry.settlement
    }
}

extension Candidate {
    /// What is known of the object beyond its listing row.
    var remoteKnowledge: RemoteKnowledge { known.object.map { .recorded($0.sha256) } ?? .listed }
}

extension LocalKnowledge {
    /// What an earlier reading of the same file told.
    init(_ record: FingerprintRecord) { self.init(deployedSize: record.deployedSize, sha256: record.sha256, md5: record.md5) }
}

extension Settlement {
    fileprivate init(_ candidate: Candidate, _ decision: Decision, deployedSize: Int64?) {
        self.init(candidate: candidate)
        result = .success(decision)
        self.deployedSize = deployedSize
    }
}

extension FailureCause {
    static func wrap<T>(_ body: () throws(SourceError) -> T) throws(FailureCause) -> T {
        do throws(SourceError) { return try body() } catch { throw .source(error) }
    }
}
