import Digest
import HTTP
import Synchronization
import Testing
import Vocabulary

@testable import S3

/// Answers to the requests of an upload in parts that no server at hand gives.
@Suite struct MultipartTests {
    private static let parts = [UploadedPart(number: 1, etag: ETag("a"), size: 1), UploadedPart(number: 2, etag: ETag("b"), size: 1)]
    private static let done = "<CompleteMultipartUploadResult><ETag>&quot;x-2&quot;</ETag></CompleteMultipartUploadResult>"
    private static let error = "<Error><Code>InternalError</Code><Message>m</Message></Error>"

    /// Amazon S3 API Reference, CompleteMultipartUpload: the answer may begin with 200 before it is known whether all goes well.
    @Test func anErrorWithinACompletionIsTriedAgain() async throws {
        let stage = try Stage([.answer(200, [], Self.error), .answer(200, [], " \n\n<?xml version=\"1.0\"?>" + Self.done)])
        let answer = try await stage.client.completeMultipartUpload("u/1", Key("k"), parts: Self.parts)
        #expect(answer.etag == ETag("x-2"))
        #expect(stage.transport.requests.map(\.url) == Array(repeating: "http://127.0.0.1:9000/photos/k?uploadId=u%2F1", count: 2))
        guard case .bytes(let body)? = stage.transport.requests.first?.body else {
            Issue.record("no body")
            return
        }
        #expect(
            String(decoding: body, as: UTF8.self).contains(
                "<Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag></Part><Part><PartNumber>2</PartNumber>"))
    }

    @Test(arguments: [("AccessDenied", 1), ("InvalidPart", 1), ("SlowDown", 8)])
    func anErrorWithinACompletionIsAnError(_ code: String, _ tries: Int) async throws {
        let stage = try Stage([], then: .answer(200, [], "<Error><Code>\(code)</Code></Error>"))
        let error = await #expect(throws: S3Error.self) {
            try await stage.client.completeMultipartUpload("u", Key("k"), parts: Self.parts)
        }
        #expect(error?.code == S3ErrorCode(wire: code))
        #expect((stage.transport.requests.count > 1) == (tries > 1))
    }

    @Test(arguments: ["", "<html/>", "<CompleteMultipartUploadResult>", "   "])
    func anythingElseIsNoCompletion(_ text: String) async throws {
        let stage = try Stage([], then: .answer(200, [], text))
        await #expect(throws: S3Error.self) { try await stage.client.completeMultipartUpload("u", Key("k"), parts: Self.parts) }
    }

    /// radosgw answers a completion without a tag.
    @Test func aMissingTagIsMadeOfTheParts() async throws {
        let md5s = ["one", "two"].map { MD5.digest(of: [UInt8]($0.utf8)) }
        let parts = md5s.enumerated().map { UploadedPart(number: $0.offset + 1, etag: ETag($0.element), size: 3) }
        let stage = try Stage([.answer(200, [], "<CompleteMultipartUploadResult><ETag></ETag></CompleteMultipartUploadResult>")])
        let answer = try await stage.client.completeMultipartUpload("u", Key("k"), parts: parts)
        #expect(answer.etag?.value == MD5.digest(of: md5s[0].bytes + md5s[1].bytes).hex + "-2")
    }

    @Test func partsAreListedPageByPage() async throws {
        func page(_ number: Int, more: Bool) -> ScriptedTransport.Step {
            .answer(
                200, [],
                "<ListPartsResult><IsTruncated>\(more)</IsTruncated><NextPartNumberMarker>\(number)</NextPartNumberMarker>"
                    + "<Part><PartNumber>\(number)</PartNumber><ETag>\"t\(number)\"</ETag><Size>5</Size></Part></ListPartsResult>")
        }
        let stage = try Stage([page(1, more: true), page(2, more: false)])
        let parts = try await stage.client.listParts(of: "u", Key("k"))
        #expect(parts == [1, 2].map { UploadedPart(number: $0, etag: ETag("t\($0)"), size: 5) })
        #expect(stage.transport.requests.last?.url == "http://127.0.0.1:9000/photos/k?part-number-marker=1&uploadId=u")
        let endless = try Stage([], then: page(1, more: true))
        await #expect(throws: S3Error.self) { try await endless.client.listParts(of: "u", Key("k")) }
    }

    @Test func uploadsAtOtherKeysAreNotOurs() async throws {
        func upload(_ key: String, _ id: String) -> String {
            "<Upload><Key>\(key)</Key><UploadId>\(id)</UploadId><Initiator><ID>me</ID></Initiator>"
                + "<Initiated>2024-06-15T10:30:45.000Z</Initiated></Upload>"
        }
        let stage = try Stage([
            .answer(
                200, [HTTPHeader("Date", "Sat, 15 Jun 2024 10:30:52 GMT")],
                "<ListMultipartUploadsResult><EncodingType>url</EncodingType>" + upload("a+b%2B", "1") + upload("a+b%2B.jpg", "2")
                    + "<IsTruncated>true</IsTruncated><NextKeyMarker>z</NextKeyMarker></ListMultipartUploadsResult>")
        ])
        let found = try await stage.client.listMultipartUploads(at: Key("a b+"))
        #expect(found == [PendingUpload(key: Key("a b+"), uploadID: "1", initiated: Stage.now, age: 7, initiator: "me")])
        #expect(stage.transport.requests.map(\.url) == ["http://127.0.0.1:9000/photos?encoding-type=url&prefix=a%20b%2B&uploads="])
    }

    /// A try that may have begun an upload is told of, one that cannot have is not.
    @Test(
        arguments: [
            (.fail(.connectionLost("reset", bodySent: true)), true), (.fail(.timedOut("stalled", bodySent: true)), true),
            (.fail(.malformedResponse("garbage")), true), (.answer(500), true), (.answer(504), true), (.error(500, "InternalError"), true),
            (.answer(200, [], "<html>"), true), (.answer(503), false), (.answer(429), false), (.answer(408), false),
            (.fail(.notConnected("refused")), false), (.fail(.tls("alert")), false), (.fail(.unresolved(host: "h", "no")), false),
        ] as [(ScriptedTransport.Step, Bool)])
    func aBeginningInDoubtIsToldOf(_ step: ScriptedTransport.Step, _ isInDoubt: Bool) async throws {
        let begun = ScriptedTransport.Step.answer(
            200, [], "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>")
        let stage = try Stage([step, begun])
        let doubts = Mutex(0)
        let id = try await stage.client.createMultipartUpload(Key("k"), sha256: .empty, onDoubt: { doubts.withLock { $0 += 1 } })
        #expect(id == "u" && doubts.withLock { $0 } == (isInDoubt ? 1 : 0))
    }

    /// Whose turn comes when it was called off is not sent; what was sent before is tried again all the same.
    @Test func whatIsCalledOffIsNotSent() async throws {
        let stage = try Stage([.answer(500), .answer(200, [HTTPHeader("ETag", "\"e\"")])])
        let body = PutBody([1], sha256: .digest(of: [1]))
        let error = await #expect(throws: S3Error.self) { try await stage.client.put(Key("k"), body: body, isCalledOff: { true }) }
        #expect(error?.isCancelled == true && stage.transport.requests.isEmpty)
        let asked = Mutex(0)
        let answer = try await stage.client.put(
            Key("k"), body: body,
            isCalledOff: {
                asked.withLock { asked in
                    asked += 1
                    return asked > 1
                }
            })
        #expect(answer.etag == ETag("e") && stage.transport.requests.count == 2)
    }

    @Test func anUploadThatIsGoneNeedsNotBeGivenUp() async throws {
        let stage = try Stage([.error(404, "NoSuchUpload"), .answer(204), .error(403, "AccessDenied")])
        try await stage.client.abortMultipartUpload("u", Key("k"))
        try await stage.client.abortMultipartUpload("u", Key("k"))
        await #expect(throws: S3Error.self) { try await stage.client.abortMultipartUpload("u", Key("k")) }
    }
}
