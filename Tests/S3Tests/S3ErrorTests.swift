import HTTP
import Testing
import Vocabulary

@testable import S3

/// Each message says what failed, on what, why, and what to do next; and never a secret.
@Suite struct S3ErrorTests {
    private static func failure(
        _ step: ScriptedTransport.Step, _ operation: @Sendable (S3Client) async throws -> Void, endpoint: String = "http://127.0.0.1:9000"
    ) async throws -> S3Error {
        let stage = try Stage([], then: step, endpoint: endpoint)
        do {
            try await operation(stage.client)
        } catch let error as S3Error {
            return error
        }
        throw HTTPError.cancelled
    }

    static let list: @Sendable (S3Client) async throws -> Void = { _ = try await $0.listPage(ListRequest(prefix: Prefix(""))) }
    static let put: @Sendable (S3Client) async throws -> Void = {
        _ = try await $0.put(Key("a b\u{1b}.jpg"), body: PutBody([], sha256: .empty))
    }
    static let head: @Sendable (S3Client) async throws -> Void = { _ = try await $0.head(Key("a")) }
    static let cors: @Sendable (S3Client) async throws -> Void = { try await $0.putCORS([]) }

    @Test(
        arguments: [
            (
                .error(403, "AccessDenied", [HTTPHeader("x-amz-id-2", "H")]), list,
                "cannot list s3://photos at http://127.0.0.1:9000: the server answers 403 AccessDenied – m."
                    + " The access key needs the permission s3:ListBucket on this bucket. [request id R, host id H]"
            ),
            (
                .answer(403), head,
                "cannot look at s3://photos/a at http://127.0.0.1:9000: the server answers 403 AccessDenied."
                    + " The access key needs the permission s3:GetObject on this bucket, and s3:ListBucket to be told that an object does not exist."
            ),
            (
                .error(403, "AccessDenied"), cors,
                "cannot set the CORS configuration of s3://photos at http://127.0.0.1:9000: the server answers 403 AccessDenied – m."
                    + " The access key needs the permission s3:PutBucketCORS on this bucket. [request id R]"
            ),
            (
                .error(404, "NoSuchBucket"), list,
                "cannot list s3://photos at http://127.0.0.1:9000: the server answers 404 NoSuchBucket – m."
                    + " Check the name “photos” and the endpoint, or create the bucket (--create-bucket). [request id R]"
            ),
            (
                .error(403, "SignatureDoesNotMatch"), put,
                "cannot upload s3://photos/a b\\u{1b}.jpg at http://127.0.0.1:9000: the server answers 403 SignatureDoesNotMatch – m."
                    + " Usually the secret access key is wrong or was copied with a blank, the region is not the bucket's,"
                    + " or a proxy changes the request on its way. [request id R]"
            ),
            (
                .error(403, "RequestTimeTooSkewed", [HTTPHeader("Date", "Sat, 15 Jun 2024 11:30:45 GMT")]), list,
                "cannot list s3://photos at http://127.0.0.1:9000: the server answers 403 RequestTimeTooSkewed – m (tried 2 times)."
                    + " The clock here is 3600 seconds behind the server's: set it. [request id R]"
            ),
            (
                .error(301, "PermanentRedirect", inside: "<Endpoint>photos.example.com</Endpoint>"), list,
                "cannot list s3://photos at http://127.0.0.1:9000: the server answers 301 PermanentRedirect – m."
                    + " The server wants to be asked at photos.example.com: set --endpoint-url and --region accordingly. [request id R]"
            ),
            (
                .answer(200, [], "<html>\n <b>Log in</b></html>"), list,
                "cannot list s3://photos at http://127.0.0.1:9000: the answer (status 200) cannot be understood,"
                    + " its root element is <html>, not <ListBucketResult>: “<html> <b>Log in</b></html>” (tried 4 times)."
                    + " Check that the endpoint is an S3 server and that no proxy answers in its place."
            ),
            (
                .answer(403, [], "<html>blocked by \u{202e}proxy</html>"), put,
                "cannot upload s3://photos/a b\\u{1b}.jpg at http://127.0.0.1:9000: the server answers 403 AccessDenied –"
                    + " the answer is not S3's: “<html>blocked by \\u{202e}proxy</html>”. The access key needs the permission s3:PutObject on this bucket."
            ),
            (
                .fail(.notConnected("Connection refused")), list,
                "cannot list s3://photos at http://127.0.0.1:9000: no connection, Connection refused (tried 4 times)."
                    + " Check that the server runs, the port in --endpoint-url, and any firewall or proxy between."
            ),
            (
                .fail(.bodyShort(expected: 10, got: 3)), put,
                "cannot upload s3://photos/a b\\u{1b}.jpg at http://127.0.0.1:9000: the content ended after 3 of 10 bytes."
                    + " The file changed or went away while it was read: run again."
            ),
        ] as [(ScriptedTransport.Step, @Sendable (S3Client) async throws -> Void, String)])
    func saysWhatFailedOnWhatWhyAndWhatToDo(
        _ step: ScriptedTransport.Step, _ operation: @escaping @Sendable (S3Client) async throws -> Void, _ message: String
    ) async throws {
        #expect(try await Self.failure(step, operation).description == message)
    }

    @Test(
        arguments: [
            (.error(403, "InvalidAccessKeyId"), .credentials), (.error(403, "SignatureDoesNotMatch"), .credentials),
            (.error(400, "ExpiredToken"), .credentials), (.error(400, "InvalidToken"), .credentials),
            (.error(401, "Unauthorized"), .credentials),
            (.error(403, "RequestTimeTooSkewed"), .credentials), (.error(404, "NoSuchBucket"), .bucket),
            (.error(301, "PermanentRedirect"), .bucket),
            (.fail(.notConnected("x")), .bucket), (.fail(.unresolved(host: "h", "x")), .bucket), (.fail(.tls("x")), .bucket),
            (.error(403, "AccessDenied"), .object), (.answer(503), .object), (.answer(500), .object),
            (.error(400, "EntityTooLarge"), .object),
            (.fail(.timedOut("x", bodySent: true)), .object), (.fail(.bodyShort(expected: 2, got: 1)), .object),
            (.fail(.cancelled), .cancelled),
        ] as [(ScriptedTransport.Step, S3Error.Scope)]) func errorsTellWhatTheyConcern(
            _ step: ScriptedTransport.Step, _ scope: S3Error.Scope
        ) async throws
    {
        #expect(try await Self.failure(step, Self.put).scope == scope)
        // What concerns one object on a PUT concerns the bucket where it is asked itself.
        let ofBucket = try await Self.failure(step, Self.list).scope
        #expect(ofBucket == (scope == .object ? .bucket : scope))
    }

    @Test(arguments: ScriptedTransport.Step.everyKind) func noMessageHoldsASecret(_ step: ScriptedTransport.Step) async throws {
        let stage = try Stage([], then: step, credentials: Stage.Renewable(renews: false))
        await #expect { try await stage.client.put(Key("a"), body: PutBody([], sha256: .empty)) } throws: { error in
            var dumped = ""
            dump(error, to: &dumped)
            let texts = ["\(error)", String(reflecting: error), dumped]
            let signature = stage.transport.requests.first?.header("Authorization").map { String($0.suffix(64)) } ?? "?"
            return texts.allSatisfy { !$0.contains("TOPSECRET") && !$0.contains("TOKENTOKEN") && !$0.contains(signature) }
        }
    }

    @Test func codesKeepTheirNames() {
        for name in ["AccessDenied", "NoSuchKey", "SlowDown", "IllegalLocationConstraintException", "InvalidAccessKeyId", "SomethingNew"] {
            #expect(S3ErrorCode(wire: name).name == name)
        }
        #expect(S3ErrorCode(wire: "SomethingNew") == .other("SomethingNew"))
        #expect(S3ErrorCode(wire: "XAmzContentSHA256Mismatch") == .badDigest)
    }

    @Test(
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 08:49:37 UTC", nil),
            ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil), ("", nil), ("Sun, 06 Nov -1 08:49:37 GMT", nil),
        ] as [(String, Int64?)]) func readsHTTPDates(_ text: String, _ seconds: Int64?)
    {
        #expect(HTTPDate.unixSeconds(text) == seconds)
    }

    @Test(
        arguments: [
            (0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
            (4_107_542_399, "21000228T235959Z"),
            (4_107_542_400, "21000301T000000Z"), (1_440_938_160, "20150830T123600Z"), (-1, "19691231T235959Z"),
            (253_402_300_799, "99991231T235959Z"),
        ] as [(Int64, String)]) func writesSigningDates(_ seconds: Int64, _ text: String)
    {
        #expect(SigningDate(unixSeconds: seconds).text == text)
    }
}

extension ScriptedTransport.Step {
    static let everyKind: [Self] = [
        .answer(400), .answer(403, [], "<html>"), .error(403, "SignatureDoesNotMatch"), .error(400, "ExpiredToken"),
        .error(404, "NoSuchBucket"),
        .fail(.invalidRequest("x")), .fail(.cancelled), .fail(.other(code: 1, "x")),
    ]
}
