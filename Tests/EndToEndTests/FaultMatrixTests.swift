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
        for key in ["old/1", "old/2", "old/\u{8}"] { try await site.bucket.put(key, "old") }
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        return (site, proxy)
    }

    private static let options = ["--delete", "--adopt", "--setup-cors", "--stall-timeout", "1s", "--connect-timeout", "5s"]

    @Test(arguments: passing) func aPassingFaultIsRiddenOutByEachKindOfRequest(_ passing: Passing) async throws {
        let (site, proxy) = try await Self.site()
        try await proxy.script(Self.operations.map { FaultProxy.Rule(passing.fault, on: $0, times: passing.times, passing.values) })
        let run = try await site.deploy(Self.options, checkingCORS: true)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        #expect(try await site.bucket.cors().count == 1)
        let log = try await proxy.log().filter { $0.fault == passing.fault }
        for operation in Self.operations { #expect(log.count { $0.operation == operation } == passing.times, "\(operation)") }
    }
}
