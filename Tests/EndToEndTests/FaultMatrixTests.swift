import Foundation
import TestSupport
import Testing

/// What networks and servers do to each kind of request, and what becomes of the deploy: docs/faults.md in code. Passing faults never show; whatever
/// happens, the bucket ends as the folder.
@Suite struct FaultMatrixTests {
    /// A fault that passes, by its row's name in docs/faults.md.
    struct Passing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: String
        var values: [String: JSON] = [:]
        var times = 2
    }

    static let passing: [Passing] = [
        Passing(testDescription: "refused", fault: "refuse", values: ["ms": 15]),
        Passing(testDescription: "reset within the request", fault: "reset-request", values: ["at": 1]),
        Passing(testDescription: "reset within the answer's header", fault: "reset-response", values: ["at": 9]),
        Passing(testDescription: "reset within the answer", fault: "reset-response", values: ["at": 100_000]),
        Passing(testDescription: "cut off", fault: "truncate", values: ["at": 100_000]),
        Passing(testDescription: "stalls before the answer", fault: "stall-response", values: ["at": 0], times: 1),
        Passing(testDescription: "stalls within the request", fault: "stall-request", values: ["at": 1], times: 1),
        Passing(testDescription: "delayed", fault: "delay", values: ["ms": 200], times: 1),
        Passing(testDescription: "500", fault: "status", values: ["status": 500, "code": "InternalError"]),
        Passing(testDescription: "502 of a proxy", fault: "status", values: ["status": 502, "body": "<html>Bad gateway</html>"]),
        Passing(testDescription: "503 SlowDown", fault: "status", values: ["status": 503, "code": "SlowDown"]),
        Passing(
            testDescription: "429 with Retry-After", fault: "status", values: ["status": 429, "headers": ["Retry-After": "1"]], times: 1),
        Passing(testDescription: "408", fault: "status", values: ["status": 408]),
        Passing(testDescription: "answer lost after the server acted", fault: "status", values: ["status": 504, "acted": 1]),
        Passing(testDescription: "Content-Length too great", fault: "length", values: ["by": 7], times: 1),
        Passing(testDescription: "not HTTP", fault: "garbage"),
    ]

    /// The requests of a deploy that sends, replaces, looks at, and deletes one and many.
    static let operations = ["ListObjectsV2", "HeadObject", "PutObject", "DeleteObjects", "DeleteObject", "GetBucketCors", "PutBucketCors"]

    /// A deploy in which each of `operations` occurs: an object whose ETag is no MD5 of the file of the same size, keys that go in a batch, and one with
    /// a control character, which goes alone.
    private static func site(on server: S3Server = .radosgw) async throws -> (Site, FaultProxy) {
        var site = try await Site(
            .files(["a.txt": "new here", "b.txt": "changed!", "c/d.txt": String(repeating: "d", count: 70_000), "index.html": "i"]),
            on: server)
        try await site.bucket.put("b.txt", "as it is")
        for key in ["old/1", "old/2", "old/\u{8}"] { try await site.bucket.put(key, "old", metadata: RealBucket.deployed) }
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        return (site, proxy)
    }

    private static let options = ["--delete", "--adopt", "--setup-cors", "--stall-timeout", "4s", "--connect-timeout", "5s"]

    @Test(arguments: passing) func aPassingFaultIsRiddenOutByEachKindOfRequest(_ passing: Passing) async throws {
        let (site, proxy) = try await Self.site()
        try await proxy.script(Self.operations.map { FaultProxy.Rule(passing.fault, on: $0, times: passing.times, passing.values) })
        let run = try await site.deploy(Self.options, checkingCORS: true)
        #expect(run.status == 0 && !run.errors.contains("failed: "), "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        #expect(try await site.bucket.cors().count == 1)
        let log = try await proxy.log().filter { $0.fault == passing.fault }
        for operation in Self.operations { #expect(log.count { $0.operation == operation } == passing.times, "\(operation)") }
    }

    /// Headers alone are changed by a copy on the server; where it is in doubt what came of that, the file is sent.
    @Test(arguments: passing) func aPassingFaultOfACopyIsRiddenOut(_ passing: Passing) async throws {
        var site = try await Site(.files(["a.txt": "content"]), on: .radosgw)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try site.folder.write("destination: s3://\(site.bucket.name)\nsource: gallery\n", to: "galleria-deploy.yml")
        #expect(try await site.deploy().status == 0)
        let object = try await site.bucket.object("a.txt")
        // As an older program or another would have stored it.
        let metadata = ["sha256": object.metadata?["sha256"] ?? ""]
        try await site.bucket.put("a.txt", "content", metadata: metadata)
        try await proxy.script(FaultProxy.Rule(passing.fault, on: "CopyObject", times: passing.times, passing.values))
        let run = try await site.deploy(["--check-headers", "--stall-timeout", "4s"])
        #expect(run.status == 0 && !run.errors.contains("failed: "), "\(run)")
        #expect(try await site.bucket.object("a.txt").contentType == object.contentType, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        #expect(try await proxy.log().contains { $0.operation == "CopyObject" && $0.fault == passing.fault })
    }

    static let parts = ["CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"]

    @Test(arguments: passing) func aPassingFaultOfAPartIsRiddenOut(_ passing: Passing) async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let blocks = (0..<330).map { Data(repeating: UInt8(truncatingIfNeeded: $0 &* 7), count: 65536) }
        try site.folder.write(blocks.joined(), to: "gallery/film.mp4")
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(Self.parts.map { FaultProxy.Rule(passing.fault, on: $0, times: passing.times, passing.values) })
        let run = try await site.deploy(["--part-size", "5M", "--stall-timeout", "4s"])
        #expect(run.status == 0 && !run.errors.contains("failed: "), "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        let log = try await proxy.log().filter { $0.fault == passing.fault }
        for operation in Self.parts { #expect(log.contains { $0.operation == operation }, "\(operation)") }
        // Nor has a beginning whose answer was lost left an upload behind that nobody knows of.
        #expect(try await site.bucket.uploads().isEmpty, "\(run)")
    }

    /// Another program's upload to the same key is left alone where one of ours is looked for.
    @Test(arguments: [S3Server.radosgw, .ministack]) func whatIsGivenUpIsOurs(_ server: S3Server) async throws {
        var site = try await Site(.files([:]), on: server)
        try site.folder.write([UInt8](repeating: 7, count: 21 << 20), to: "gallery/film.mp4")
        let other = try await site.bucket.beginUpload("film.mp4", withPart: true)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(FaultProxy.Rule("status", on: "CreateMultipartUpload", times: 2, ["status": 504, "acted": 1]))
        let run = try await site.deploy(["--part-size", "5M"])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(try await proxy.log().count { $0.operation == "CreateMultipartUpload" && $0.acted } == 3)
        #expect(try await site.bucket.uploads() == [other])
    }

    /// Where they cannot be listed, it says so; the file is there all the same.
    @Test func whatCannotBeLookedForIsTold() async throws {
        var site = try await Site(.files([:]), on: .radosgw)
        try site.folder.write([UInt8](repeating: 7, count: 21 << 20), to: "gallery/film.mp4")
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(
            FaultProxy.Rule("status", on: "CreateMultipartUpload", ["status": 504, "acted": 1]),
            FaultProxy.Rule("status", on: "ListMultipartUploads", times: -1, ["status": 403, "code": "AccessDenied"]))
        let run = try await site.deploy(["--part-size", "5M"])
        #expect(run.status == 0 && run.errors.contains("film.mp4") && run.errors.contains("lifecycle"), "\(run)")
        #expect(try await site.bucket.holds(site.files()))
    }

    /// What a captive portal answers to everything is no success: nothing that was not stored is called sent, and nothing that was not deleted, deleted.
    @Test(arguments: [["PutObject", "a.txt"], ["DeleteObject", "old/%08"]]) func aPortalsPageIsNeverASuccess(
        _ target: [String]
    ) async throws {
        let (site, proxy) = try await Self.site()
        try await proxy.script(
            FaultProxy.Rule("status", on: target[0], key: target[1], times: -1, ["status": 200, "body": "<html>Log in</html>"]))
        let run = try await site.deploy(["--delete"])
        #expect(run.status == 1 && run.errors.contains("failed: "), "\(run)")
        try await proxy.script()
        #expect(try await site.deploy(["--delete"]).status == 0)
        #expect(try await site.bucket.holds(site.files()))
    }

    // MARK: TLS

    /// A certificate of its own for 127.0.0.1, in `folder`.
    private static func certificate(in folder: TemporaryFolder) async throws -> (path: String, key: String) {
        let made = (path: folder.path("tls.crt"), key: folder.path("tls.key"))
        let run = try await Program.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", made.key, "-out", made.path,
        ])
        #expect(run.status == 0, "\(run)")
        return made
    }

    /// Where TLS is broken: a handshake, or a record in the middle of an answer.
    @Test(arguments: ["handshake", "reset", "record"]) func brokenTLSIsRiddenOut(_ place: String) async throws {
        var site = try await Site(.files(["a.txt": "a", "b.txt": String(repeating: "b", count: 50_000)]), on: .radosgw)
        let certificate = try await Self.certificate(in: site.folder)
        let proxy = try await FaultProxy(before: site.place, certificate: certificate)
        site.place = proxy.place
        switch place {
        case "handshake": try await proxy.script(FaultProxy.Rule("tls", on: "Connect", times: 2))
        case "reset": try await proxy.script(FaultProxy.Rule("reset", on: "Connect", times: 2))
        default: try await proxy.script(["ListObjectsV2", "PutObject"].map { FaultProxy.Rule("tls", on: $0, times: 2, ["at": 20]) })
        }
        let run = try await site.deploy(environment: ["AWS_CA_BUNDLE": certificate.path])
        #expect(run.status == 0 && !run.errors.contains("failed: "), "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        #expect(try await proxy.log().contains { $0.fault != "" })
    }

    @Test func aServerThatIsNotTrustedIsRefused() async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let proxy = try await FaultProxy(before: site.place, certificate: try await Self.certificate(in: site.folder))
        site.place = proxy.place
        let run = try await site.deploy()
        #expect(run.status == 6 && run.errors.contains("AWS_CA_BUNDLE"), "\(run)")
        #expect(try await proxy.log().isEmpty)
    }
}
