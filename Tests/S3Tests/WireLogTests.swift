import HTTP
import Synchronization
import Testing
import Vocabulary

@testable import S3

/// What `-vv` shows, and what it never shows.
@Suite struct WireLogTests {
    final class Sink: Sendable {
        private let lines = Mutex<[String]>([])
        var text: String { lines.withLock { $0.joined(separator: "\n") } }
        func write(_ line: String) { lines.withLock { $0.append(line) } }
    }

    static let secrets = ["SECRETSECRET", "TOKENTOKEN", "CUSTOMERKEY", "BEARER", "COOKIE", "PASSWORD"]

    @Test func requestsAndAnswersAreShownWithoutWhatSignsThem() async throws {
        let sink = Sink()
        let script = ScriptedTransport([
            .answer(
                403,
                [
                    HTTPHeader("Content-Type", "application/xml"), HTTPHeader("Set-Cookie", "a=COOKIE"),
                    HTTPHeader(
                        "Location", "https://user:PASSWORD@x.example/?X-Amz-Signature=SECRETSECRET&X-Amz-Security-Token=TOKENTOKEN&a=b"),
                ], "<Error><Code>AccessDenied</Code>\u{1b}[2J</Error>")
        ])
        let transport = LoggedTransport(script, bodies: .excerpts, numbers: LoggedTransport.Numbers()) { sink.write($0) }
        var request = HTTPRequest(
            method: .put, url: "https://h.example/b/k?continuation-token=page2&x-id=PutObject",
            headers: [
                HTTPHeader("Content-Type", "image/jpeg"), HTTPHeader("x-amz-server-side-encryption-customer-key", "CUSTOMERKEY"),
                HTTPHeader("x-amz-copy-source-server-side-encryption-customer-key", "CUSTOMERKEY"),
                HTTPHeader("x-amz-server-side-encryption-customer-key-MD5", "md5ofthekey"),
                HTTPHeader("x-amz-server-side-encryption-aws-kms-key-id", "kms-1"), HTTPHeader("X-aws-ec2-metadata-token", "TOKENTOKEN"),
                HTTPHeader("x-amz-sso_bearer_token", "BEARER"), HTTPHeader("Proxy-Authorization", "Basic PASSWORD"),
            ], body: .bytes([1, 2, 3]))
        let credentials = Credentials(accessKeyID: "AKIDLONGNAME", secretAccessKey: "SECRETSECRET", sessionToken: "TOKENTOKEN")
        let signed = try SigV4.s3(region: "r-1").sign(&request, payload: .unsigned, credentials: credentials, at: 0)
        _ = try await transport.perform(request)
        let text = sink.text
        for secret in Self.secrets + [signed.signature, "AKIDLONGNAME"] { #expect(!text.contains(secret), "\(secret)\n\(text)") }
        for shown in [
            "#1 > PUT https://h.example/b/k?continuation-token=page2&x-id=PutObject", "#1 > Content-Type: image/jpeg",
            "Credential=AKID…/19700101/r-1",
            "SignedHeaders=content-type;", "Signature=[cut]", "md5ofthekey", "kms-1", "#1 > (3 bytes)", "#1 < 403", "AccessDenied",
            "\\u{1b}[2J", "&a=b",
        ] {
            #expect(text.contains(shown), "\(shown)\n\(text)")
        }
    }

    /// A presigned address is a secret until it expires.
    @Test func presignedAddressesAreCut() throws {
        let made = try SigV4.s3(region: "r-1").presign(
            method: .get, url: "https://h.example/b/k?versionId=1", expires: 60,
            credentials: Credentials(accessKeyID: "AKIDLONGNAME", secretAccessKey: "SECRETSECRET", sessionToken: "TOKENTOKEN"), at: 0)
        let text = Redaction.url(made.url)
        #expect(text.contains("versionId=1") && text.contains("X-Amz-Credential=AKID…%2F19700101"), "\(text)")
        for secret in [made.parts.signature, "TOKENTOKEN", "AKIDLONGNAME"] { #expect(!text.contains(secret), "\(text)") }
    }

    @Test func answersThatHoldCredentialsAreNotShown() async throws {
        let sink = Sink()
        let script = ScriptedTransport([
            .answer(200, [HTTPHeader("Content-Type", "text/xml")], "<SecretAccessKey>SECRETSECRET</SecretAccessKey>")
        ])
        let transport = LoggedTransport(script, bodies: .hidden, numbers: LoggedTransport.Numbers()) { sink.write($0) }
        _ = try await transport.perform(
            HTTPRequest(method: .post, url: "https://sts.example/", body: .bytes([UInt8]("WebIdentityToken=TOKENTOKEN".utf8))))
        #expect(!sink.text.contains("SECRET") && !sink.text.contains("TOKENTOKEN"), "\(sink.text)")
        #expect(sink.text.contains("#1 < 200"))
    }

    @Test func anObjectsContentIsNotShownAndAFailureIs() async throws {
        let sink = Sink()
        let script = ScriptedTransport([
            .answer(200, [HTTPHeader("Content-Type", "image/jpeg")], "CONTENT"), .fail(.notConnected("refused\n")),
        ])
        let transport = LoggedTransport(script, bodies: .excerpts, numbers: LoggedTransport.Numbers()) { sink.write($0) }
        _ = try await transport.perform(HTTPRequest(method: .get, url: "https://h.example/b/k"))
        await #expect(throws: HTTPError.self) { try await transport.perform(HTTPRequest(method: .get, url: "https://h.example/b/k")) }
        #expect(!sink.text.contains("CONTENT") && sink.text.contains("#2 < no answer"), "\(sink.text)")
    }
}
