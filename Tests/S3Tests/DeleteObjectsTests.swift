import Digest
import HTTP
import Testing
import Vocabulary

@testable import S3

/// Every key must be confirmed, however a server answers.
@Suite struct DeleteObjectsTests {
    static func answer(_ entries: String) -> ScriptedTransport.Step { .answer(200, [], "<DeleteResult>\(entries)</DeleteResult>") }

    static func deleted(_ keys: [String]) -> String { keys.map { "<Deleted><Key>\($0)</Key></Deleted>" }.joined() }

    static func succeeded(_ results: [Result<Void, S3Error>]) -> [Bool] {
        results.map { if case .success = $0 { true } else { false } }
    }

    @Test func batchesHoldAThousandKeys() async throws {
        let names = (0..<2001).map { "k\($0)" }
        let stage = try Stage([
            Self.answer(Self.deleted(Array(names[..<1000]))), Self.answer(Self.deleted(Array(names[1000..<2000]))), .answer(204),
        ])
        let results = await stage.client.delete(names.map { Key($0) })
        #expect(results.count == 2001)
        #expect(Self.succeeded(results).allSatisfy { $0 })
        let requests = stage.transport.requests
        #expect(requests.map(\.method) == [.post, .post, .delete])
        #expect(requests[0].url == "http://127.0.0.1:9000/photos?delete")
        guard case .bytes(let body) = requests[0].body else {
            Issue.record("no body")
            return
        }
        #expect(requests[0].header("Content-MD5") == base64(MD5.digest(of: body).bytes))
        #expect(requests[0].header("x-amz-content-sha256") == SHA256.digest(of: body).hex)
        #expect(try XMLElement(document: body, root: "Delete").children("Object").compactMap { $0.text("Key") } == Array(names[..<1000]))
    }

    @Test func eachKeysOwnErrorIsTold() async throws {
        let stage = try Stage([
            Self.answer(
                Self.deleted(["a &amp; b"]) + "<Error><Key>c</Key><Code>AccessDenied</Code><Message>no</Message></Error>"
                    + "<Error><Key>gone</Key><Code>NoSuchKey</Code><Message/></Error>")
        ])
        let results = await stage.client.delete(["a & b", "c", "gone", "forgotten"].map { Key($0) })
        #expect(Self.succeeded(results) == [true, false, true, false])
        #expect(throws: S3Error.self) { try results[1].get() }
        if case .failure(let error) = results[1] {
            #expect(error.code == .accessDenied)
            #expect(error.key == Key("c"))
            #expect(error.scope == .object)
        }
        if case .failure(let error) = results[3] {
            #expect(error.key == Key("forgotten"))
            #expect(error.description.contains("it does not mention the key"))
        }
    }

    /// XML cannot carry these, or a parser would change them.
    @Test func keysThatXMLCannotCarryAreDeletedSingly() async throws {
        let odd = ["\u{1}", "a\tb", "a\nb", "a\rb", "\u{7f}", "\u{85}", " a", "a ", "\u{ffff}", "\u{fffe}x"]
        let stage = try Stage([Self.answer(Self.deleted(["x", "y"]))], then: .answer(204))
        let results = await stage.client.delete((odd + ["x", "y"]).map { Key($0) })
        #expect(Self.succeeded(results).allSatisfy { $0 })
        let requests = stage.transport.requests
        #expect(requests.map(\.method) == [.post] + odd.map { _ in .delete })
        #expect(requests[1].url == "http://127.0.0.1:9000/photos/%01")
    }

    @Test(arguments: [.error(501, "NotImplemented"), .answer(405), .error(400, "NotImplemented")] as [ScriptedTransport.Step])
    func whereBatchesAreNotOfferedKeysAreDeletedSingly(_ step: ScriptedTransport.Step) async throws {
        let stage = try Stage([step], then: .answer(204))
        let results = await stage.client.delete([Key("a"), Key("b")])
        #expect(Self.succeeded(results) == [true, true])
        #expect(stage.transport.requests.map(\.method) == [.post, .delete, .delete])
    }

    @Test func aBatchsFailureIsEachKeysFailure() async throws {
        let stage = try Stage([.error(403, "AccessDenied")])
        let results = await stage.client.delete([Key("a"), Key("b")])
        #expect(
            results.map { result -> Key? in
                if case .failure(let error) = result { error.key } else { nil }
            } == [Key("a"), Key("b")])
    }

    @Test(
        arguments: [
            (.answer(204), true), (.answer(200), true), (.error(404, "NoSuchKey"), true), (.answer(404), true),
            (.error(404, "NoSuchBucket"), false),
        ]
            as [(ScriptedTransport.Step, Bool)])
    func thatThereIsNoneIsNoError(_ step: ScriptedTransport.Step, _ succeeds: Bool) async throws {
        let stage = try Stage([step])
        let results = await stage.client.delete([Key("a")])
        #expect(Self.succeeded(results) == [succeeds])
    }

    @Test func nothingIsAskedForNothing() async throws {
        let stage = try Stage([])
        #expect(await stage.client.delete([]).isEmpty)
    }
}
