import Bucket
import Deploy
import Foundation
import HTTP
import Photo
import Planning
import S3
import Source
import State
import TestSupport
import Testing
import Vocabulary

/// `--checksum` believes what a file holds and not what the local state says of it.
@Suite struct ChecksumTests {
    private final class Silence: DeployObserver {
        func note(_ event: DeployEvent) {}
    }

    private let folder: TemporaryFolder
    private let bucket: RealBucket
    private let location: StateLocation

    init() async throws {
        folder = try TemporaryFolder("checksum")
        try folder.write("content", to: "gallery/a.txt")
        bucket = try await RealBucket(on: .radosgw)
        location = StateLocation(endpoint: "e", bucket: bucket.name, prefix: "", source: folder.path("gallery"))
    }

    private func deploy(rehashing: Bool) async throws -> DeployReport {
        let disk = DiskExecutor(threadCount: 2)
        defer { disk.stop() }
        let store = S3Client(
            bucket: bucket.name, endpoint: try Endpoint(parsing: bucket.place.endpoint), region: "us-east-1",
            parts: S3Client.Parts(
                transport: try HTTPClient(HTTPClientConfiguration()),
                credentials: StaticCredentials(
                    Credentials(accessKeyID: bucket.place.access, secretAccessKey: bucket.place.secret)), clock: .system))
        var options = DeployOptions(
            prefix: Prefix(""), deletes: false, deleteLimit: .standard, isDryRun: false, createsBucket: false, cors: .off,
            corsNeeds: .init(), selection: Selection(exclusions: DefaultExclusions(publishesDotfiles: false)), ownFiles: [],
            strictExif: false, allowsUncorrected: false,
            // Long after the file was written: it has rested.
            state: StateOptions(
                path: folder.path("state"), location: location, replacesDamaged: false, now: { 4_000_000_000_000_000_000 }))
        options.rehashes = rehashing
        let reader = ContentReader(try SourceFolder(folder.path("gallery")), rewriter: PhotoRewriter(rules: CaptureRules()))
        return try await DeployRun(reader, to: store, options: options, disk: disk, observer: Silence()).run()
    }

    /// Puts another hash into the state than the file has, as an edit would that left size and all times as they were.
    private func forge() throws {
        let status = try #require(FileStatus(path: folder.path("gallery/a.txt")))
        let forged = try #require(SHA256(hex: String(repeating: "0", count: 64)))
        let writer = StateWriter(try StateDatabase(at: folder.path("state"), of: location))
        writer.record(
            .fingerprint(
                path: Key("a.txt"),
                FingerprintRecord(status: status, recipe: nil, deployedSize: status.size, sha256: forged)))
        #expect(writer.finish().written == 1)
    }

    @Test func readsWhatTheStateTrusts() async throws {
        #expect(try await deploy(rehashing: false).uploadedCount == 1)
        try forge()
        let read = try await deploy(rehashing: true)
        #expect(read.uploadedCount == 0 && read.unchangedCount == 1)
        // That the forgery would have been believed: else the run above proves nothing.
        try forge()
        #expect(try await deploy(rehashing: false).uploadedCount == 1)
    }
}
