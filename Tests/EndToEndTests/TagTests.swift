import Foundation
import TestSupport
import Testing

/// Stores whose entity tags are no digests of what objects hold: those of SSE-KMS look like one and are none, other stores' look like nothing
/// (Amazon S3 API Reference, Object, `ETag`). A proxy before MiniStack gives objects such tags, and new ones with every write.
@Suite struct TagTests {
    private static let files = ["a.txt": "one", "b.txt": "two", "c/d.txt": "three"]
    /// MiniStack does not check the signatures of this key, and the proxy changes conditions on the way.
    private static let unchecked = ["AWS_ACCESS_KEY_ID": "root", "AWS_SECRET_ACCESS_KEY": "root"]

    /// What lies between the program and the server.
    private struct Store {
        var site: Site
        let recorder: Recorder

        func deploy(_ options: [String] = []) async throws -> Program.Run {
            try await site.deploy(options, environment: TagTests.unchecked)
        }

        func operations() async throws -> [String: Int] {
            Dictionary(try await recorder.log().map { ($0.operation, 1) }, uniquingKeysWith: +)
        }
    }

    private func store(_ tags: String, _ files: [String: String] = files) async throws -> Store {
        var site = try await Site(.files(files), on: .ministack)
        let front = try await Front(before: site.place)
        try await front.behave(["tags": .string(tags)])
        let recorder = try await Recorder(before: front.place)
        site.place = recorder.place
        return Store(site: site, recorder: recorder)
    }

    @Test(arguments: ["kms", "opaque"]) func whatWeDeployedIsKnownByTheStateAndElsewhereByOneHead(_ tags: String) async throws {
        let store = try await store(tags)
        #expect(try await store.deploy().status == 0)
        _ = try await store.operations()
        // The state knows tags for what they are: names.
        #expect(try await store.deploy().status == 0)
        #expect(try await store.operations() == ["ListObjectsV2": 1])
        // Another machine asks each object for the hash in its metadata.
        #expect(try await store.deploy(["--no-state"]).status == 0)
        #expect(try await store.operations() == ["ListObjectsV2": 1, "HeadObject": 3])
        // An edit of the same size is seen by both.
        try store.site.folder.write("two".uppercased(), to: "gallery/b.txt")
        #expect(try await store.deploy(["--no-state"]).status == 0)
        #expect(try await store.operations() == ["ListObjectsV2": 1, "HeadObject": 3, "PutObject": 1])
        // The other machine's write is news to this one's state.
        #expect(try await store.deploy().status == 0)
        #expect(try await store.operations()["PutObject"] == nil)
        try store.site.folder.write("six", to: "gallery/b.txt")
        #expect(try await store.deploy().status == 0)
        #expect(try await store.operations() == ["ListObjectsV2": 1, "PutObject": 1])
        #expect(try await store.site.bucket.holds(store.site.files()))
    }

    /// A copy has another tag than its source, so that it is not known by it.
    @Test(arguments: ["kms", "opaque"]) func headersAreReplacedAndFilesAreRenamedByCopies(_ tags: String) async throws {
        let store = try await store(tags)
        #expect(try await store.deploy().status == 0)
        _ = try await store.operations()
        let headers = ["--cache-control", "no-cache"]
        #expect(try await store.deploy(headers).status == 0)
        let updates = try await store.operations()
        #expect(updates["CopyObject"] == 3 && updates["PutObject"] == nil, "\(updates)")
        #expect(try await store.site.bucket.object("a.txt").cacheControl == "no-cache")
        try FileManager.default.moveItem(atPath: "\(store.site.source)/a.txt", toPath: "\(store.site.source)/z.txt")
        #expect(try await store.deploy(headers + ["--delete"]).status == 0)
        let renames = try await store.operations()
        #expect(renames["CopyObject"] == 1 && renames["PutObject"] == nil, "\(renames)")
        #expect(try await store.deploy(headers).status == 0)
        #expect(try await store.operations() == ["ListObjectsV2": 1])
        #expect(try await store.site.bucket.holds(store.site.files()))
    }

    /// Of other programs' objects nothing tells the content.
    @Test(arguments: ["kms", "opaque"], [false, true]) func objectsFromElsewhereAreSentOnceOrRead(
        _ tags: String, _ adopts: Bool
    ) async throws {
        let store = try await store(tags)
        for (key, text) in Self.files { try await store.site.bucket.put(key, text, contentType: "text/plain; charset=utf-8") }
        let run = try await store.deploy(adopts ? ["--adopt"] : [])
        #expect(run.status == 0, "\(run)")
        let first = try await store.operations()
        #expect(first[adopts ? "GetObject" : "PutObject"] == 3 && first[adopts ? "PutObject" : "GetObject"] == nil, "\(first)")
        for options in [[], ["--no-state"]] {
            #expect(try await store.deploy(options).status == 0)
            let again = try await store.operations()
            #expect(again["PutObject"] == nil && again["GetObject"] == nil && again["CopyObject"] == nil, "\(again)")
        }
        #expect(try await store.site.bucket.holds(store.site.files()))
    }
}
