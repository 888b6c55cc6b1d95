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
}

/// Answers the planner's needs for one candidate: reads the photo's header, hashes the deployed bytes, sends a HEAD; never more than it asks for.
struct Settling: Sendable {
    let reader: ContentReader
    let store: S3Client
    let strictExif: Bool

    /// What can be decided from the listing alone; nil where it takes reading or asking.
    func immediate(_ candidate: Candidate) -> Settlement? {
        if ImageCheck.applies(to: candidate.file, namesImage: ContentType.namesImage) { return nil }
        let size = reader.rewrites(candidate.file.path) ? nil : candidate.file.status.size
        guard case .settled(let decision) = verdict(local: LocalKnowledge(deployedSize: size), remote: candidate.remote, knowledge: .listed)
        else { return nil }
        return Settlement(candidate: candidate, result: .success(decision), deployedSize: size)
    }

    /// Decides, reading and asking as needed; a fault is the settlement's result.
    func settle(_ candidate: Candidate) async -> Settlement {
        var settlement = Settlement(candidate: candidate)
        do throws(FailureCause) {
            settlement.result = .success(try await decide(&settlement))
        } catch {
            settlement.result = .failure(error)
        }
        return settlement
    }

    private func decide(_ settlement: inout Settlement) async throws(FailureCause) -> Decision {
        let (file, remote) = (settlement.candidate.file, settlement.candidate.remote)
        if ImageCheck.applies(to: file, namesImage: ContentType.namesImage) {
            try FailureCause.wrap { () throws(SourceError) in try ImageCheck.check(file, in: reader.folder) }
        }
        var local = LocalKnowledge(deployedSize: reader.rewrites(file.path) ? nil : file.status.size)
        var knowledge = RemoteKnowledge.listed
        while true {
            switch verdict(local: local, remote: remote, knowledge: knowledge) {
            case .settled(let decision):
                settlement.deployedSize = local.deployedSize
                return decision
            case .needs(.deployedSize):
                local.deployedSize = try open(file, &settlement).size
            case .needs(.sha256), .needs(.md5):
                let content = try open(file, &settlement)
                let withMD5 = remote?.etag?.md5 != nil
                let fingerprint = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(withMD5: withMD5) }
                settlement.fingerprint = fingerprint
                local = LocalKnowledge(deployedSize: fingerprint.size, sha256: fingerprint.sha256, md5: fingerprint.md5)
            case .needs(.head):
                guard let remote else { return .upload(.new) }
                knowledge = .headed(try await storedHash(of: remote))
            }
        }
    }

    private func open(_ file: LocalFile, _ settlement: inout Settlement) throws(FailureCause) -> Content {
        let content = try FailureCause.wrap { () throws(SourceError) in try reader.open(file) }
        settlement.photo = content.photo.map { PhotoNote(path: file.path, $0) }
        if strictExif, let refusal = content.photo?.refusal { throw .photo(refusal.description) }
        return content
    }

    private func storedHash(of remote: RemoteObject) async throws(FailureCause) -> SHA256? {
        do throws(S3Error) { return try await store.head(remote.key).sha256 } catch {
            // Deleted since it was listed: as good as an object without a hash.
            if error.isNotFound { return nil }
            throw .store(error)
        }
    }
}

extension FailureCause {
    static func wrap<T>(_ body: () throws(SourceError) -> T) throws(FailureCause) -> T {
        do throws(SourceError) { return try body() } catch { throw .source(error) }
    }
}
