import HTTP
import Testing
import Vocabulary

@testable import S3

/// What is known of stores: by host, by answer, and by what they do.
@Suite struct ProviderTests {
    @Test(arguments: [
        ("https://s3.eu-west-1.amazonaws.com", "Amazon S3"), ("https://s3.cn-north-1.amazonaws.com.cn", "Amazon S3"),
        ("https://fsn1.your-objectstorage.com", "Hetzner Object Storage"), ("https://ams3.digitaloceanspaces.com", "DigitalOcean Spaces"),
        ("https://abc.r2.cloudflarestorage.com", "Cloudflare R2"), ("https://abc.eu.r2.cloudflarestorage.com", "Cloudflare R2"),
        ("https://s3.us-west-004.backblazeb2.com", "Backblaze B2"), ("https://s3.eu-central-1.wasabisys.com", "Wasabi"),
        ("https://s3.fr-par.scw.cloud", "Scaleway Object Storage"), ("https://storage.googleapis.com", "Google Cloud Storage"),
        ("https://s3.example.com", "an S3 server"), ("https://evil-your-objectstorage.com", "an S3 server"),
        ("http://127.0.0.1:9000", "an S3 server"),
    ])
    func theHostTells(_ endpoint: String, _ name: String) throws {
        #expect(ProviderProfile.guessed(from: try Endpoint(parsing: endpoint)).name == name)
    }

    @Test(
        arguments: [
            ([("x-amz-request-id", "tx00000a8277dc8d0caaf20-006b01a0e4-1017-default")], "Ceph"),
            ([("x-amz-request-id", "tx000beef"), ("x-trans-id", "tx000beef")], "OpenStack Swift"), ([("Server", "MinIO")], "MinIO"),
            ([("server", "AmazonS3")], "an S3 server"), ([("Server", "nginx")], "an S3 server"), ([], "an S3 server"),
        ] as [([(String, String)], String)])
    func theFirstAnswerTells(_ fields: [(String, String)], _ name: String) async throws {
        let headers = fields.map { HTTPHeader($0.0, $0.1) } + [HTTPHeader("Content-Length", "1")]
        let stage = try Stage([.answer(200, headers)])
        #expect(stage.client.profile == .unknown)
        _ = try await stage.client.head(Key("a"))
        #expect(stage.client.profile.name == name)
    }

    @Test func aHostThatIsKnownIsBelievedMoreThanItsAnswers() async throws {
        let stage = try Stage(
            [.answer(200, [HTTPHeader("x-amz-request-id", "tx0001"), HTTPHeader("Content-Length", "1")])],
            endpoint: "https://fsn1.your-objectstorage.com")
        _ = try await stage.client.head(Key("a"))
        #expect(stage.client.profile.name == "Hetzner Object Storage")
        #expect(stage.client.profile.encryption == [.customer])
    }

    // MARK: Listings

    static func page(_ keys: [String], isTruncated: Bool, _ extra: String = "") -> ScriptedTransport.Step {
        let rows = keys.map { "<Contents><Key>\($0)</Key><Size>1</Size><ETag>\"e\"</ETag></Contents>" }.joined()
        return .answer(
            200, [], "<ListBucketResult><IsTruncated>\(isTruncated)</IsTruncated>\(extra)\(rows)</ListBucketResult>")
    }

    static func keys(_ client: S3Client, prefix: String = "") async throws -> [String] {
        var listing = Listing(client, prefix: Prefix(prefix))
        var keys: [String] = []
        while let page = try await listing.next() { keys += page.map(\.key.string) }
        return keys
    }

    /// Riak CS, old gateways: `list-type=2` is not known, and the answer is a page of ListObjects.
    @Test func aServerThatHasOnlyListObjectsIsListedByMarkers() async throws {
        let encoded = "<EncodingType>url</EncodingType>"
        let stage = try Stage([
            Self.page(["p/a", "p/b%20c"], isTruncated: true, encoded), Self.page(["p/d"], isTruncated: true, encoded),
            Self.page(["p/e"], isTruncated: false, encoded),
        ])
        #expect(try await Self.keys(stage.client, prefix: "p/") == ["p/a", "p/b c", "p/d", "p/e"])
        let queries = stage.transport.requests.map { $0.url.split(separator: "?").last.map(String.init) ?? "" }
        #expect(
            queries == [
                "encoding-type=url&list-type=2&prefix=p%2F", "encoding-type=url&marker=p%2Fb%20c&prefix=p%2F",
                "encoding-type=url&marker=p%2Fd&prefix=p%2F",
            ])
    }

    @Test func aStartThatWasNotUnderstoodIsAskedForAgain() async throws {
        let stage = try Stage([Self.page(["a", "b"], isTruncated: true), Self.page(["c"], isTruncated: false)])
        let page = try await stage.client.listPage(ListRequest(prefix: Prefix(""), startAfter: Key("b")), after: Key("b"))
        #expect(page.map(\.key) == [Key("c")] && page.disorder.isSound)
        #expect(stage.transport.requests.last?.url.hasSuffix("?encoding-type=url&marker=b") == true)
    }

    @Test func aSecondVersionPageWithoutATokenIsStillAnError() async throws {
        let stage = try Stage([], then: Self.page(["a"], isTruncated: true, "<KeyCount>1</KeyCount>"))
        await #expect(throws: S3Error.self) { try await stage.client.listPage(ListRequest(prefix: Prefix(""))) }
    }

    @Test func aServerThatRefusesTheEncodingIsAskedWithout() async throws {
        let stage = try Stage([
            .error(400, "InvalidArgument"), Self.page(["a b"], isTruncated: true, "<NextContinuationToken>t</NextContinuationToken>"),
            Self.page(["c"], isTruncated: false),
        ])
        #expect(try await Self.keys(stage.client) == ["a b", "c"])
        #expect(stage.transport.requests.map { $0.url.contains("encoding-type") } == [true, false, false])
    }

    @Test func aRefusalThatTheEncodingDidNotCauseStays() async throws {
        let stage = try Stage([], then: .error(400, "InvalidArgument"))
        await #expect { try await stage.client.listPage(ListRequest(prefix: Prefix(""))) } throws: {
            ($0 as? S3Error)?.code == .other("InvalidArgument")
        }
        #expect(stage.client.profile.encodesKeys)
    }

    // MARK: Deletions and tags

    @Test func aServerWithoutBatchesIsAskedForThemOnce() async throws {
        let stage = try Stage([.error(501, "NotImplemented")], then: .answer(204))
        for result in await stage.client.delete([Key("a"), Key("b")]) + stage.client.delete([Key("c"), Key("d")]) { try result.get() }
        #expect(stage.transport.requests.map(\.method) == [.post, .delete, .delete, .delete, .delete])
    }

    @Test func tagsThatNeverAreDigestsAreNotTakenForThem() throws {
        let stage = try Stage([])
        for _ in 0..<(ETagExperience.enough - 1) { stage.client.noteETag(isMD5: false) }
        #expect(stage.client.profile.etag == .md5)
        stage.client.noteETag(isMD5: false)
        #expect(stage.client.profile.etag == .opaque)
        let other = try Stage([]).client
        other.noteETag(isMD5: true)
        for _ in 0..<100 { other.noteETag(isMD5: false) }
        #expect(other.profile.etag == .md5)
    }
}
