internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// A file that may have to be sent, with the object of its key where there is one.
struct Candidate: Sendable {
    let file: LocalFile
    let remote: RemoteObject?
}

/// What was decided of a candidate, with what was learnt on the way.
struct Settlement: Sendable {
    let candidate: Candidate
    var result: Result<Decision, FailureCause> = .success(.unchanged)
    var deployedSize: Int64?
    var fingerprint: Fingerprint?
    var photo: PhotoNote?
    var alarm: PhotoAlarm?
}

/// Answers the planner's needs for one candidate: reads the photo's header, hashes the deployed bytes, sends a HEAD; never more than it asks for.
struct Settling: Sendable {
    let reader: ContentReader
    let store: S3Client
    let photoGuard: PhotoGuard
    let strictExif: Bool
    /// True where every photo is read, decided or not: for a dry run's summary, or because rules must be seen to match.
    let readsAllPhotos: Bool

    /// What can be decided from the listing alone; nil where it takes reading or asking.
    func immediate(_ candidate: Candidate) -> Settlement? {
        let file = candidate.file
        if ImageCheck.applies(to: file, namesImage: ContentType.namesImage) { return nil }
        let isPhoto = PhotoKind.isJPEG(file.path)
        // A photo that replaces an object is looked at first: what it was deployed with may forbid it.
        if isPhoto, readsAllPhotos || candidate.remote != nil { return nil }
        let size = isPhoto && reader.changesPhotos ? nil : file.status.size
        guard case .settled(let decision) = verdict(local: LocalKnowledge(deployedSize: size), remote: candidate.remote, knowledge: .listed)
        else { return nil }
        return Settlement(candidate: candidate, result: .success(decision), deployedSize: size)
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

extension FailureCause {
    static func wrap<T>(_ body: () throws(SourceError) -> T) throws(FailureCause) -> T {
        do throws(SourceError) { return try body() } catch { throw .source(error) }
    }
}
