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
import Vocabulary

/// A gallery that is deployed from within the tests' process, with a state, and with whatever headers are asked for.
struct InProcessGallery {
    let folder: TemporaryFolder
    let bucket: RealBucket
    /// Lies before the server and logs.
    let recorder: Recorder
    /// Lies before the recorder and does what it is told to requests.
    let proxy: FaultProxy
    let store: S3Client

    init(on server: S3Server, files: [String: String]) async throws {
        folder = try TemporaryFolder("in-process")
        for (path, text) in files { try folder.write(text, to: "gallery/\(path)") }
        bucket = try await RealBucket(on: server)
        recorder = try await Recorder(before: bucket.place)
        proxy = try await FaultProxy(before: recorder.place)
        guard let endpoint = try? Endpoint(parsing: proxy.place.endpoint) else { throw CocoaError(.coderInvalidValue) }
        store = S3Client(
            bucket: bucket.name, endpoint: endpoint, region: "us-east-1",
            parts: S3Client.Parts(
                transport: try HTTPClient(HTTPClientConfiguration()),
                credentials: StaticCredentials(Credentials(accessKeyID: bucket.place.access, secretAccessKey: bucket.place.secret)),
                clock: .system))
    }

    func deploy(
        _ headers: HeaderRules = HeaderRules(), deletes: Bool = false, maker: DerivativeMaker? = nil, hasState: Bool = true,
        observer: any DeployObserver = Silence(), _ change: (inout DeployOptions) -> Void = { _ in }
    ) async throws -> DeployReport {
        let disk = DiskExecutor(threadCount: 2)
        defer { disk.stop() }
        let reader = ContentReader(try SourceFolder(folder.path("gallery")), rewriter: PhotoRewriter(rules: CaptureRules()), maker: maker)
        let state = StateOptions(
            path: folder.path("state"),
            location: StateLocation(endpoint: "e", bucket: bucket.name, prefix: "", source: folder.path("gallery")),
            // Long after the files were written: they have rested.
            replacesDamaged: false, now: { 4_000_000_000_000_000_000 })
        var options = DeployOptions(
            prefix: Prefix(""), deletes: deletes, deleteLimit: .standard, isDryRun: false, createsBucket: false, cors: .off,
            corsNeeds: .init(), selection: Selection(exclusions: DefaultExclusions(publishesDotfiles: false)), ownFiles: [],
            strictExif: false, allowsUncorrected: false, state: hasState ? state : nil)
        options.headers = headers
        change(&options)
        return try await DeployRun(reader, to: store, options: options, disk: disk, observer: observer).run()
    }

    final class Silence: DeployObserver {
        func note(_ event: DeployEvent) {}
    }
}
