import Digest
import HTTP
import Testing
import Vocabulary

@testable import S3

/// What is asked of the store besides keeping the content: how a refusal is explained, and that silence is not taken for consent.
@Suite struct WriteRequestTests {
    static let key = CustomerKey([UInt8](repeating: 7, count: 32))
    static let body = PutBody([1], sha256: .digest(of: [1]))

    static func stage(
        _ steps: [ScriptedTransport.Step], endpoint: String = "http://127.0.0.1:9000", key: CustomerKey? = nil
    ) throws -> (
        S3Client, ScriptedTransport
    ) {
        let transport = ScriptedTransport(steps, then: steps.last)
        let client = S3Client(
            bucket: "photos", endpoint: try Endpoint(parsing: endpoint), region: "us-east-1",
            parts: .init(
                transport: transport, credentials: StaticCredentials(Credentials(accessKeyID: "AKID", secretAccessKey: "S")),
                clock: S3Clock(now: { Stage.now }, sleep: { _ in }), customerKey: key))
        return (client, transport)
    }

    @Test(
        arguments: [
            // What Ceph, Amazon and MiniStack answer; Hetzner is Ceph.
            (
                "https://fsn1.your-objectstorage.com", 400, "InvalidArgument", ("x-amz-server-side-encryption", "AES256"),
                "Hetzner Object Storage has only customer keys: use --sse customer, or leave --sse out."
            ),
            (
                "https://fsn1.your-objectstorage.com", 400, "InvalidArgument", ("x-amz-server-side-encryption", "aws:kms"),
                "has only customer keys"
            ),
            (
                "https://s3.eu-west-1.amazonaws.com", 400, "InvalidEncryptionAlgorithmError", ("x-amz-server-side-encryption", "AES256"),
                "Amazon S3 takes --sse AES256, aws:kms, customer"
            ),
            (
                "https://s3.eu-west-1.amazonaws.com", 400, "KMS.NotFoundException", ("x-amz-server-side-encryption", "aws:kms"),
                "Amazon S3 takes"
            ),
            (
                "https://s3.eu-west-1.amazonaws.com", 400, "InvalidStorageClass", ("x-amz-storage-class", "FOO"),
                "Amazon S3 has STANDARD, STANDARD_IA"
            ),
            (
                "http://127.0.0.1:9000", 400, "InvalidArgument", ("x-amz-storage-class", "FOO"),
                "The upload asked for the storage class FOO. Correct --storage-class"
            ),
            (
                "http://127.0.0.1:9000", 400, "AccessControlListNotSupported", ("x-amz-acl", "public-read"),
                "leave --acl out and use a bucket policy"
            ),
            ("http://127.0.0.1:9000", 403, "AccessDenied", ("x-amz-acl", "public-read"), "s3:PutObject, and s3:PutObjectAcl for --acl"),
            ("http://127.0.0.1:9000", 403, "AccessDenied", ("x-amz-tagging", "a=b"), "s3:PutObject, and s3:PutObjectTagging for --tag"),
            (
                "http://127.0.0.1:9000", 403, "AccessDenied", ("x-amz-storage-class", "FOO"),
                "needs the permission s3:PutObject on this bucket."
            ),
            ("http://127.0.0.1:9000", 403, "QuotaExceeded", ("x-amz-storage-class", "FOO"), "Free space in the account"),
        ] as [(String, Int, String, (String, String), String)])
    func aRefusalIsExplained(_ endpoint: String, _ status: Int, _ code: String, _ header: (String, String), _ expected: String) async throws
    {
        let (client, _) = try Self.stage([.error(status, code)], endpoint: endpoint)
        let error = await #expect(throws: S3Error.self) {
            try await client.put(Key("a"), body: Self.body, headers: [HTTPHeader(header.0, header.1)])
        }
        #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
    }

    @Test func encryptionThatIsIgnoredIsAFailure() async throws {
        let (client, transport) = try Self.stage([.answer(200, [HTTPHeader("ETag", "\"e\"")])])
        let error = await #expect(throws: S3Error.self) {
            try await client.put(Key("a"), body: Self.body, headers: [HTTPHeader("x-amz-server-side-encryption", "AES256")])
        }
        #expect(error?.description.contains("not encrypted as asked") == true && error?.scope == .object)
        #expect(transport.requests.count == 1)
        let (confirming, _) = try Self.stage([
            .answer(200, [HTTPHeader("ETag", "\"e\""), HTTPHeader("x-amz-server-side-encryption", "AES256")])
        ])
        _ = try await confirming.put(Key("a"), body: Self.body, headers: [HTTPHeader("x-amz-server-side-encryption", "AES256")])
    }

    // MARK: Customer keys

    @Test(arguments: [
        [UInt8](repeating: 7, count: 32), [UInt8]("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n".utf8),
        [UInt8](" BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc= ".utf8),
    ])
    func keysAreReadInBothForms(_ content: [UInt8]) throws {
        let key = try #require(CustomerKey(content))
        #expect(key == Self.key)
        // python3: base64(md5(bytes([7]) * 32))
        #expect(key.md5 == "y4HAEFCYWuvAXWFTtA1Qpg==")
        #expect(!"\(key) \(String(reflecting: key))".contains("Bwc"))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains("7"), "\(dumped)")
    }

    @Test(arguments: [
        "", "short", String(repeating: "A", count: 44), "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc", "====",
        "BwcH!wcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
    ])
    func whatIsNoKeyIsRefused(_ text: String) { #expect(CustomerKey([UInt8](text.utf8)) == nil) }

    @Test func readingAndWritingCarryTheKeyAndPlainObjectsAreReadWithout() async throws {
        let key = try #require(Self.key)
        let confirmed = HTTPHeader("x-amz-server-side-encryption-customer-algorithm", "AES256")
        let (client, transport) = try Self.stage(
            [
                .answer(200, [HTTPHeader("ETag", "\"e\""), confirmed]), .answer(400), .answer(200, [HTTPHeader("Content-Length", "1")]),
            ], key: key)
        // The set of headers names algorithm and MD5 too, so that drift is seen: each travels once.
        _ = try await client.put(
            Key("a"), body: Self.body, headers: [confirmed, HTTPHeader("x-amz-server-side-encryption-customer-key-md5", key.md5)])
        _ = try await client.head(Key("b"))
        let names = transport.requests.map { $0.headers.map { $0.name.lowercased() }.filter { $0.contains("customer") }.sorted() }
        let all = ["algorithm", "key", "key-md5"].map { "x-amz-server-side-encryption-customer-" + $0 }
        #expect(names == [all, all, []])
        #expect(client.profile.etag == .opaque)
    }
}
