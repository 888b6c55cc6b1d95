import Digest
import HTTP
import Testing
import TestSupport
import Vocabulary

@testable import S3

/// One contract, kept by every server that the tests can start: what the client says of a bucket is what an independent client finds there.
@Suite struct ServerContractTests {
    enum Server: String, CaseIterable, Sendable {
        case radosgw, ministack, rclone

        var server: S3Server {
            switch self {
            case .radosgw: .radosgw
            case .ministack: .ministack
            case .rclone: .rclone
            }
        }

        /// The keys that the server keeps byte for byte: rclone maps them to files.
        var keys: [String] {
            let plain = [
                "a b.txt", "a+b", "a%20b", "a%2Bb", "dir/e\u{301}", "dir/\u{e9}", "dir/😀.jpg", "~!*'();:@&=$,[]", "x-y", "x0", "quote\"<&>",
            ]
            let odd = [
                ".", "..", "../up", "a/./b", "a//b", "//x", "/lead", "a?b#c", "tab\tx", "line\nbreak", " edge ", "\u{1}", "\u{85}",
                "\u{ffff}",
            ]
            return self == .rclone ? plain : plain + odd
        }
    }

    static func client(
        _ place: S3Place, bucket: String, region: String = "us-east-1", secret: String? = nil, http: HTTPClient
    ) throws -> S3Client {
        S3Client(
            bucket: bucket, endpoint: try Endpoint(parsing: place.endpoint), region: region,
            parts: .init(
                transport: http,
                credentials: StaticCredentials(Credentials(accessKeyID: place.access, secretAccessKey: secret ?? place.secret)),
                clock: .system))
    }

    @Test(arguments: Server.allCases) func keysOfEveryKind(_ server: Server) async throws {
        let bucket = try await RealBucket(on: server.server)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let client = try Self.client(bucket.place, bucket: bucket.name, http: http)

        for name in server.keys {
            let bytes = [UInt8]("content of \(name)".utf8)
            let answer = try await client.put(
                Key(name), body: PutBody(bytes, sha256: .digest(of: bytes)), headers: [HTTPHeader("Content-Type", "text/plain")])
            #expect(answer.etag?.md5 == MD5.digest(of: bytes))
        }
        let found = try await bucket.listing().map(\.keyBytes)
        #expect(Set(found) == Set(server.keys.map { [UInt8]($0.utf8) }))

        // The same through our own eyes, in pages of three.
        var listing: [RemoteObject] = []
        var token: String?
        repeat {
            let page = try await client.listPage(
                ListRequest(prefix: Prefix(""), continuationToken: token, maxKeys: 3), after: listing.last?.key)
            #expect(page.disorder.isSound)
            listing += page
            token = page.nextToken
        } while token != nil
        #expect(listing.map(\.key) == server.keys.map { Key($0) }.sorted())

        for name in server.keys {
            let bytes = [UInt8]("content of \(name)".utf8)
            let head = try await client.head(Key(name))
            #expect(head.size == Int64(bytes.count))
            #expect(head.sha256 == .digest(of: bytes))
            #expect(head.header("content-type") == "text/plain")
            let content = try await client.getObject(Key(name))
            #expect(content.bytes == bytes)
            let part = try await client.getObject(Key(name), range: 2..<7)
            #expect(part.bytes == Array(bytes[2..<7]))
            #expect(part.head.size == Int64(bytes.count))
        }

        let results = await client.delete(server.keys.map { Key($0) } + [Key("never there")])
        for result in results { try result.get() }
        #expect(try await bucket.listing().isEmpty)
    }

    @Test(arguments: [Server.radosgw, .ministack]) func copyReplacesHeadersAndReportsAbsence(_ server: Server) async throws {
        let bucket = try await RealBucket(on: server.server)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let client = try Self.client(bucket.place, bucket: bucket.name, http: http)
        let bytes = [UInt8]("picture".utf8)
        let put = try await client.put(Key("a b+c"), body: PutBody(bytes, sha256: .digest(of: bytes)))
        let copy = try await client.copy(
            Key("a b+c"), to: Key("a b+c"),
            headers: [HTTPHeader("Content-Type", "image/jpeg"), HTTPHeader(ObjectHead.sha256Header, SHA256.digest(of: bytes).hex)],
            ifMatch: put.etag)
        #expect(copy.etag == put.etag)
        let object = try await bucket.object("a b+c")
        #expect(object.contentType == "image/jpeg")
        #expect(object.metadata?["sha256"] == SHA256.digest(of: bytes).hex)

        await #expect { try await client.copy(Key("absent"), to: Key("b"), headers: []) } throws: { ($0 as? S3Error)?.code == .noSuchKey }
        await #expect { try await client.head(Key("absent")) } throws: { ($0 as? S3Error)?.isNotFound == true }
        await #expect { try await client.getObject(Key("absent")) } throws: { ($0 as? S3Error)?.isNotFound == true }
    }

    @Test func copyConditionIsHonoured() async throws {
        let bucket = try await RealBucket(on: .ministack)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let client = try Self.client(bucket.place, bucket: bucket.name, http: http)
        let bytes = [UInt8]("picture".utf8)
        _ = try await client.put(Key("a"), body: PutBody(bytes, sha256: .digest(of: bytes)))
        await #expect {
            try await client.copy(Key("a"), to: Key("a"), headers: [], ifMatch: ETag("00000000000000000000000000000000"))
        } throws: {
            ($0 as? S3Error)?.code == .preconditionFailed
        }
    }

    @Test(arguments: [Server.radosgw, .ministack]) func corsComesBackAsItWasSet(_ server: Server) async throws {
        let bucket = try await RealBucket(on: server.server)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let client = try Self.client(bucket.place, bucket: bucket.name, http: http)
        #expect(try await client.getCORS() == .notConfigured)
        let rules = [
            CORSRule(
                id: "gallery & <friends>", allowedOrigins: ["*"], allowedMethods: ["GET", "HEAD"], allowedHeaders: ["*"],
                exposeHeaders: ["ETag"],
                maxAgeSeconds: 3600),
            CORSRule(allowedOrigins: ["https://a.example", "https://*.b.example"], allowedMethods: ["PUT"]),
        ]
        try await client.putCORS(rules)
        let seen = try await bucket.cors()
        #expect(seen.map(\.AllowedOrigins).sorted { $0.count < $1.count }.map(Set.init) == rules.map { Set($0.allowedOrigins) })
        guard case .rules(let answered) = try await client.getCORS() else {
            Issue.record("no rules")
            return
        }
        let first = try #require(answered.first { $0.maxAgeSeconds == 3600 })
        #expect(first.id == rules[0].id)
        #expect(Set(first.allowedMethods) == ["GET", "HEAD"])
        #expect(first.exposeHeaders == ["ETag"])
        #expect(answered.count == 2)
    }

    @Test func aServerThatIgnoresCORSIsSeenThrough() async throws {
        let bucket = try await RealBucket(on: .rclone)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let answer = try await Self.client(bucket.place, bucket: bucket.name, http: http).getCORS()
        guard case .unreadable = answer else {
            Issue.record("\(answer)")
            return
        }
    }

    @Test(arguments: Server.allCases) func wrongSecretAndMissingBucket(_ server: Server) async throws {
        let bucket = try await RealBucket(on: server.server)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let wrong = try Self.client(bucket.place, bucket: bucket.name, secret: "wrong", http: http)
        await #expect { try await wrong.listPage(ListRequest(prefix: Prefix(""))) } throws: { error in
            let error = error as? S3Error
            return error?.code == .signatureDoesNotMatch && error?.scope == .credentials && error?.attempts == 1
        }
        let missing = try Self.client(bucket.place, bucket: "absent-" + bucket.name, http: http)
        await #expect { try await missing.listPage(ListRequest(prefix: Prefix(""))) } throws: { error in
            let error = error as? S3Error
            return error?.code == .noSuchBucket && error?.scope == .bucket && error?.attempts == 1
        }
        await #expect { try await missing.headBucket() } throws: { ($0 as? S3Error)?.code == .noSuchBucket }
        #expect(try await missing.createBucket() == .created)
        _ = try await missing.headBucket()
    }

    @Test func aFalseHashIsRefused() async throws {
        let bucket = try await RealBucket(on: .radosgw)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let client = try Self.client(bucket.place, bucket: bucket.name, http: http)
        await #expect { try await client.put(Key("a"), body: PutBody([1, 2, 3], sha256: .empty)) } throws: {
            ($0 as? S3Error)?.code == .badDigest
        }
        #expect(try await bucket.listing().isEmpty)
    }

    @Test(arguments: [-3600, 3600] as [Int64]) func aWrongClockIsCorrectedOnce(_ error: Int64) async throws {
        let bucket = try await RealBucket(on: .radosgw)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let place = bucket.place
        let client = S3Client(
            bucket: bucket.name, endpoint: try Endpoint(parsing: place.endpoint), region: "us-east-1",
            parts: .init(
                transport: http, credentials: StaticCredentials(Credentials(accessKeyID: place.access, secretAccessKey: place.secret)),
                clock: S3Clock(now: { S3Clock.system.now() + error }, sleep: S3Clock.system.sleep)))
        let began = S3Clock.system.now()
        _ = try await client.listPage(ListRequest(prefix: Prefix("")))
        // The answer's Date is compared when the answer has arrived: off by no more than the call took, and a second of rounding at each end.
        let took = S3Clock.system.now() - began
        #expect(abs(client.clockDifference + error) <= took + 2)
    }
}
