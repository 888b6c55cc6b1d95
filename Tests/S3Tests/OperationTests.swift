import Digest
import HTTP
import Testing
import Vocabulary

@testable import S3

/// What is sent, and how answers are read that no server at hand gives.
@Suite struct OperationTests {
    @Test(arguments: [
        ("a b", "a%20b"), ("a+b", "a%2Bb"), ("a%2Fb", "a%252Fb"), ("//a", "//a"), ("./../a", "./../a"), ("é", "%C3%A9"),
        ("a?b#c", "a%3Fb%23c"),
        ("~!*'()", "~%21%2A%27%28%29"), ("a/", "a/"),
    ]) func keysStandInTheURLByteForByte(_ key: String, _ path: String) async throws {
        let ok = ScriptedTransport.Step.answer(200, [HTTPHeader("Content-Length", "0")])
        for (endpoint, base) in [
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000/photos/"),
            ("https://s3.eu-west-1.amazonaws.com", "https://photos.s3.eu-west-1.amazonaws.com/"),
            ("https://example.com/storage/s3", "https://example.com/storage/s3/photos/"),
        ] {
            let stage = try Stage([ok], endpoint: endpoint)
            _ = try await stage.client.head(Key(key))
            #expect(stage.transport.requests.map(\.url) == [base + path])
        }
    }

    @Test func listingAsksInCanonicalOrder() async throws {
        let page = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
        let stage = try Stage([], then: .answer(200, [], page))
        _ = try await stage.client.listPage(ListRequest(prefix: Prefix("")))
        _ = try await stage.client.listPage(
            ListRequest(prefix: Prefix("a b+/é"), startAfter: Key("a&b"), continuationToken: "t/=", maxKeys: 10))
        #expect(
            stage.transport.requests.map(\.url) == [
                "http://127.0.0.1:9000/photos?encoding-type=url&list-type=2",
                "http://127.0.0.1:9000/photos?continuation-token=t%2F%3D&encoding-type=url&list-type=2&max-keys=10&prefix=a%20b%2B%2F%C3%A9%2F&start-after=a%26b",
            ])
    }

    private static func page(_ key: String, next: String?) -> ScriptedTransport.Step {
        let row = "<Contents><Key>\(key)</Key><Size>1</Size></Contents>"
        let token =
            next.map { "<IsTruncated>true</IsTruncated><NextContinuationToken>\($0)</NextContinuationToken>" }
            ?? "<IsTruncated>false</IsTruncated>"
        return .answer(200, [], "<ListBucketResult>\(row)\(token)</ListBucketResult>")
    }

    private static func drain(_ stage: Stage) async throws -> (keys: [String], sound: Bool) {
        var listing = Listing(stage.client, prefix: Prefix(""), startAfter: Key("A"))
        var keys: [String] = []
        var sound = true
        while let page = try await listing.next() {
            keys += page.map(\.key.string)
            sound = sound && page.disorder.isSound
        }
        return (keys, sound)
    }

    @Test func aListingFollowsItsTokens() async throws {
        let stage = try Stage([Self.page("a", next: "1"), Self.page("b", next: "2"), Self.page("c", next: nil)])
        let (keys, sound) = try await Self.drain(stage)
        #expect(keys == ["a", "b", "c"])
        #expect(sound)
        #expect(
            stage.transport.requests.map { String($0.url.split(separator: "?")[1]) } == [
                "encoding-type=url&list-type=2&start-after=A", "continuation-token=1&encoding-type=url&list-type=2",
                "continuation-token=2&encoding-type=url&list-type=2",
            ])
    }

    @Test func aListingSeesDisorderAcrossPages() async throws {
        let stage = try Stage([Self.page("b", next: "1"), Self.page("a", next: nil)])
        #expect(try await Self.drain(stage).sound == false)
    }

    @Test func aListingThatRunsInACircleEnds() async throws {
        let repeats = try Stage([], then: Self.page("a", next: "1"))
        await #expect(throws: S3Error.self) { try await Self.drain(repeats) }
        #expect(repeats.transport.requests.count <= 5)
        let circle = try Stage([
            Self.page("a", next: "1"), Self.page("b", next: "2"), Self.page("c", next: "1"), Self.page("d", next: "2"),
            Self.page("e", next: nil),
        ])
        await #expect { try await Self.drain(circle) } throws: { "\($0)".contains("its pages run in a circle") }
        #expect(circle.transport.requests.count == 3)
    }

    @Test func putRecordsTheHashUnlessTold() async throws {
        let stage = try Stage([], then: .answer(200, [HTTPHeader("ETag", "\"x\""), HTTPHeader("x-amz-version-id", "v")]))
        let body = PutBody([1, 2], sha256: .digest(of: [1, 2]))
        #expect(try await stage.client.put(Key("a"), body: body) == PutAnswer(etag: ETag("x"), versionID: "v"))
        _ = try await stage.client.put(Key("a"), body: body, headers: [HTTPHeader("X-Amz-Meta-SHA256", "mine")])
        let sent = stage.transport.requests.map { request in
            request.headers.filter { $0.name.lowercased() == ObjectHead.sha256Header }.map(\.value)
        }
        #expect(sent == [[body.sha256.hex], ["mine"]])
        #expect(stage.transport.requests[0].header("x-amz-content-sha256") == body.sha256.hex)
    }

    /// Amazon S3 API Reference, PutObject: the answer has an ETag. One without, or a document in answer to DELETE, comes from a proxy, and it is
    /// not known whether the server did anything.
    @Test func aSuccessThatIsNotTheServersIsNone() async throws {
        let page = "<html>Log in</html>"
        let stage = try Stage([.answer(200, [], page), .answer(200), .answer(200, [HTTPHeader("ETag", "\"x\"")])])
        #expect(try await stage.client.put(Key("a"), body: PutBody([], sha256: .empty)).etag == ETag("x"))
        #expect(stage.transport.requests.count == 3)
        let hopeless = try Stage([], then: .answer(200, [], page))
        await #expect(throws: S3Error.self) { try await hopeless.client.put(Key("a"), body: PutBody([], sha256: .empty)) }
        await #expect(throws: S3Error.self) { try await hopeless.client.deleteObject(Key("a")) }
    }

    @Test func headReadsWhatWasRecorded() async throws {
        let hash = SHA256.digest(of: [1])
        let stage = try Stage([
            .answer(
                200,
                [
                    HTTPHeader("content-length", "12"), HTTPHeader("etag", "W/\"x\""), HTTPHeader("X-Amz-Meta-Sha256", hash.hex),
                    HTTPHeader("x-amz-meta-title", "Sommer"), HTTPHeader("Content-Type", "image/jpeg"),
                ])
        ])
        let head = try await stage.client.head(Key("a"))
        #expect(head.size == 12)
        #expect(head.etag == ETag("x"))
        #expect(head.sha256 == hash)
        #expect(head.metadata == ["sha256": hash.hex, "title": "Sommer"])
        #expect(head.header("CONTENT-TYPE") == "image/jpeg")
    }

    @Test func aHeadWithoutASizeIsNotBelieved() async throws {
        let stage = try Stage([], then: .answer(200))
        await #expect { try await stage.client.head(Key("a")) } throws: { "\($0)".contains("Content-Length") }
    }

    @Test(
        arguments: [
            (.answer(206, [HTTPHeader("Content-Range", "bytes 2-3/9")], "cd"), "cd", 9),
            (.answer(200, [HTTPHeader("Content-Range", "bytes 2-3/9")], "cd"), "cd", 9),
            (.answer(200, [], "abcdefghi"), "cd", 9),
            (.answer(206, [HTTPHeader("Content-Range", "bytes 0-1/9")], "ab"), nil, 0),
            (.answer(206, [], "cd"), nil, 0),
            (.answer(206, [HTTPHeader("Content-Range", "bytes 2-3/*")], "cd"), nil, 0),
        ] as [(ScriptedTransport.Step, String?, Int64)]) func aRangeIsTheRangeAskedFor(
            _ step: ScriptedTransport.Step, _ text: String?, _ size: Int64
        ) async throws
    {
        let stage = try Stage([], then: step)
        if let text {
            let content = try await stage.client.getObject(Key("a"), range: 2..<4)
            #expect(content.bytes == [UInt8](text.utf8))
            #expect(content.head.size == size)
            #expect(stage.transport.requests[0].header("Range") == "bytes=2-3")
        } else {
            await #expect(throws: S3Error.self) { try await stage.client.getObject(Key("a"), range: 2..<4) }
        }
    }

    @Test(
        arguments: [
            (.answer(200, [], "<CORSConfiguration/>"), .notConfigured),
            (.error(404, "NoSuchCORSConfiguration"), .notConfigured),
            (.error(403, "AccessDenied"), .unreadable(.denied("m"))),
            (.answer(403), .unreadable(.denied("AccessDenied"))),
            (.error(501, "NotImplemented"), .unreadable(.unsupported("m"))),
            (.answer(405), .unreadable(.unsupported("MethodNotAllowed"))),
            (
                .answer(200, [], "<ListBucketResult></ListBucketResult>"),
                .unreadable(.notCORSAnswer("its root element is <ListBucketResult>, not <CORSConfiguration>"))
            ),
            (
                .answer(200, [], "<html><body>Log in</body></html>"),
                .unreadable(.notCORSAnswer("its root element is <html>, not <CORSConfiguration>"))
            ),
            (.answer(200, [], "<html>"), .unreadable(.notCORSAnswer("it ends before its last element is closed"))),
            (.answer(200), .unreadable(.notCORSAnswer("it is empty"))),
            (
                .answer(
                    200, [],
                    "<c:CORSConfiguration xmlns:c='x'><c:CORSRule><c:AllowedOrigin>*</c:AllowedOrigin><c:AllowedMethod>GET</c:AllowedMethod></c:CORSRule></c:CORSConfiguration>"
                ), .rules([CORSRule(allowedOrigins: ["*"], allowedMethods: ["GET"])])
            ),
        ] as [(ScriptedTransport.Step, CORSAnswer)]) func corsAnswersAreClosed(
            _ step: ScriptedTransport.Step, _ answer: CORSAnswer
        ) async throws
    {
        let stage = try Stage([], then: step)
        #expect(try await stage.client.getCORS() == answer)
    }

    /// A portal's page, once: the server's own answer follows.
    @Test func aPageInPlaceOfCORSIsAskedForAgain() async throws {
        let stage = try Stage([.answer(200, [], "<html><body>Log in</body></html>"), .answer(200, [], "<CORSConfiguration/>")])
        #expect(try await stage.client.getCORS() == .notConfigured)
        #expect(stage.transport.requests.count == 2)
    }

    @Test(
        arguments: [.error(404, "NoSuchBucket"), .error(403, "SignatureDoesNotMatch"), .error(403, "InvalidAccessKeyId")]
            as [ScriptedTransport.Step])
    func whatIsNotAboutCORSIsAnError(_ step: ScriptedTransport.Step) async throws {
        let stage = try Stage([step])
        await #expect(throws: S3Error.self) { try await stage.client.getCORS() }
    }

    @Test(
        arguments: [
            ("us-east-1", [.answer(200)], .created, [nil]), ("eu-west-1", [.answer(200)], .created, ["eu-west-1"]),
            ("auto", [.answer(200)], .created, [nil]),
            ("fsn1", [.error(400, "InvalidLocationConstraint"), .answer(200)], .created, ["fsn1", nil]),
            ("eu-west-1", [.error(409, "BucketAlreadyOwnedByYou")], .alreadyOwned, ["eu-west-1"]),
            ("eu-west-1", [.error(409, "BucketAlreadyExists")], nil, ["eu-west-1"]),
        ] as [(String, [ScriptedTransport.Step], BucketCreation?, [String?])])
    func aBucketIsCreatedInItsRegion(
        _ region: String, _ steps: [ScriptedTransport.Step], _ result: BucketCreation?, _ constraints: [String?]
    ) async throws {
        let stage = try Stage(steps, region: region)
        if let result {
            #expect(try await stage.client.createBucket() == result)
        } else {
            await #expect(throws: S3Error.self) { try await stage.client.createBucket() }
        }
        let sent = stage.transport.requests.map { request -> String? in
            guard case .bytes(let body) = request.body else { return nil }
            return try? XMLElement(document: body, root: "CreateBucketConfiguration").text("LocationConstraint")
        }
        #expect(sent == constraints)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ("\u{0}\u{7ff}\u{ffff}", "AN+/77+/"),
    ]) func base64FollowsRFC4648(_ text: String, _ encoded: String) {
        #expect(base64([UInt8](text.utf8)) == encoded)
    }
}
