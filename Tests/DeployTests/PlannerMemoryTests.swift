import Bucket
import Foundation
import Glibc
import HTTP
import Photo
import Planning
import S3
import Source
import State
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Deploy

/// What the real survey holds in memory for objects that are unchanged: a generated walk, a generated listing, a local state that knows all of
/// them. Part of `make bench`, alone in its process: memory is the whole process's, and other tests beside it would be counted.
@Suite(.enabled(if: getenv("GALLERIA_BENCH") != nil)) struct PlannerMemoryTests {
    /// Unchanged objects must cost less than this many bytes each.
    static let limit = 100.0

    @Test func memoryDoesNotGrowWithWhatIsUnchanged() async throws {
        let (few, many) = (100_000, 1_000_000)
        // Once for what is allocated only once.
        _ = try await peak(objects: few)
        let small = try await peak(objects: few)
        let large = try await peak(objects: many)
        let growth = Double(large - small) / Double(many - few)
        print(
            "planner: \(few) unchanged objects hold \(small / 1024) KiB, \(many) hold \(large / 1024) KiB: \(growth.rounded()) bytes for each more"
        )
        #expect(growth < Self.limit)
    }

    /// The most memory that was in use while so many objects were surveyed, beyond those before.
    private func peak(objects count: Int) async throws -> Int {
        let folder = try TemporaryFolder("million")
        try FileManager.default.createDirectory(atPath: folder.path("gallery"), withIntermediateDirectories: true)
        let location = StateLocation(endpoint: "e", bucket: "photos", prefix: "", source: folder.path("gallery"))
        let options = StateOptions(
            path: folder.path("state"), location: location, replacesDamaged: false, now: { 4_000_000_000_000_000_000 })
        try fill(StateDatabase(at: options.path, of: location), count)

        let before = Self.heap()
        let highest = Mutex(before)
        let store = GeneratedStore(count: count)
        let disk = DiskExecutor(threadCount: 2)
        defer { disk.stop() }
        let deploy = DeployOptions(
            prefix: Prefix(""), deletes: true, deleteLimit: .standard, isDryRun: true, createsBucket: false, cors: .off,
            corsNeeds: CORSNeeds(), selection: Selection(exclusions: DefaultExclusions(publishesDotfiles: false)), ownFiles: [],
            strictExif: false, allowsUncorrected: false, state: options)
        let reader = ContentReader(try SourceFolder(folder.path("gallery")), rewriter: PhotoRewriter(rules: CaptureRules()))
        let settling = Settling(
            reader: reader, store: try store.client(), photoGuard: PhotoGuard(recipe: "", allowsDropping: false), strictExif: false,
            headers: DeployedHeaders(HeaderRules()), checksHeaders: false, adopts: false, readsObjects: false, readsAllPhotos: false,
            now: { 0 }, disk: disk)
        let session = StateSession(options, observer: Silence())
        var number = 0
        let files = SourceFiles(generating: {
            guard number < count else { return nil }
            defer { number += 1 }
            if number % 1000 == 500 {
                let now = Self.heap()
                highest.withLock { $0 = max($0, now) }
            }
            return LocalFile(path: Key(Generated.key(number)), status: Generated.status(number))
        })
        let surveyed = try await Survey(settling: settling, state: session, options: deploy, disk: disk, observer: Silence()).run(of: files)
        session.finish()
        #expect(surveyed.plan.unchangedCount == count && surveyed.plan.isEmpty)
        // Nothing was asked of the bucket but its listing.
        #expect(store.otherCount == 0)
        return highest.withLock { $0 } - before
    }

    private func fill(_ database: StateDatabase, _ count: Int) throws {
        var start = 0
        // In batches that are waited for, so that none is let go.
        while start < count {
            let writer = StateWriter(database)
            let end = min(start + 5000, count)
            for number in start..<end {
                let (key, digest) = (Key(Generated.key(number)), Generated.sha256(number))
                writer.record(
                    .fingerprint(
                        path: key,
                        FingerprintRecord(
                            status: Generated.status(number), recipe: nil, deployedSize: Generated.status(number).size, sha256: digest)))
                writer.record(
                    .object(
                        key: key,
                        ObjectRecord(
                            etag: ETag(Generated.md5(number)), size: Generated.status(number).size, lastModified: Generated.time,
                            sha256: digest)))
            }
            #expect(writer.finish().dropped == 0)
            start = end
        }
    }

    /// The pages of this process that are in memory, in bytes (proc(5), `statm`).
    private static func heap() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let words = text.split(separator: " ")
        return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * Int(getpagesize())
    }
}

private final class Silence: DeployObserver {
    func note(_ event: DeployEvent) {}
}

/// Files and objects made from a number, ascending.
private enum Generated {
    static let time = "2024-06-15T10:30:45.000Z"

    static func key(_ number: Int) -> String { "album-\(1000 + number / 1000)/photo-\(10_000_000 + number).bin" }

    static func status(_ number: Int) -> FileStatus {
        FileStatus(
            size: Int64(1000 + number % 977), modified: 1_700_000_000_000_000_000, changed: 1_700_000_000_000_000_000,
            inode: UInt64(number), device: 0)
    }

    static func sha256(_ number: Int) -> SHA256 { SHA256(UInt64(number) &* 0x9e37_79b9_7f4a_7c15, 1, 2, UInt64(number)) }

    static func md5(_ number: Int) -> MD5 { MD5(UInt64(number) &* 0xd6e8_feb8_6659_fd93, UInt64(number)) }
}

/// A bucket of generated objects, listed a thousand a page.
private final class GeneratedStore: HTTPTransport {
    private let count: Int
    private let others = Mutex(0)

    init(count: Int) { self.count = count }

    var otherCount: Int { others.withLock { $0 } }

    func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        guard request.url.contains("list-type=2") else {
            others.withLock { $0 += 1 }
            return HTTPResponse(status: 404, headers: [], body: [])
        }
        var start = 0
        for pair in request.url.split(separator: "?").last?.split(separator: "&") ?? [] {
            let value = pair.split(separator: "=").last ?? ""
            if pair.hasPrefix("continuation-token=") { start = Int(value) ?? 0 }
            // The number at the end of the key: the listing goes on after it.
            if pair.hasPrefix("start-after=") { start = (Int(value.dropLast(4).suffix(8)) ?? 0) - 10_000_000 + 1 }
        }
        let end = min(start + 1000, count)
        var body = "<ListBucketResult><IsTruncated>\(end < count)</IsTruncated>"
        if end < count { body += "<NextContinuationToken>\(end)</NextContinuationToken>" }
        for number in start..<end {
            body +=
                "<Contents><Key>\(Generated.key(number))</Key><LastModified>\(Generated.time)</LastModified><ETag>\(Generated.md5(number).hex)</ETag><Size>\(Generated.status(number).size)</Size></Contents>"
        }
        return HTTPResponse(status: 200, headers: [], body: [UInt8]((body + "</ListBucketResult>").utf8))
    }

    func client() throws -> S3Client {
        S3Client(
            bucket: "photos", endpoint: try Endpoint(parsing: "http://127.0.0.1:9000"), region: "us-east-1",
            parts: .init(
                transport: self, credentials: StaticCredentials(Credentials(accessKeyID: "AKID", secretAccessKey: "SECRET")), clock: .system
            ))
    }
}
