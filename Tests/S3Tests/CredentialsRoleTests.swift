import HTTP
import Synchronization
import Testing

@testable import S3

/// Roles that are assumed, with keys or with a web identity, against a fake of STS on loopback.
@Suite struct CredentialsRoleTests {
    @Test func aRoleIsAssumedWithTheKeysOfItsSourceProfile() async throws {
        let server = try FakeServer { _ in .init(body: ProvidedCredentials.stsAnswer("AssumeRole", "ROLE")) }
        defer { server.stop() }
        let config = """
            [profile p]
            role_arn = arn:aws:iam::1:role/gallery deploy
            source_profile = q
            role_session_name = me
            external_id = x+y
            duration_seconds = 900
            region = eu-north-1
            [profile q]
            aws_access_key_id = SOURCE
            aws_secret_access_key = hush
            """
        let place = try ProvidedCredentials.place(["AWS_ENDPOINT_URL_STS": server.url], profile: "p", files: ["/h/.aws/config": config])
        #expect(place.credentialSource == .profile("p", setting: "role_arn", path: "/h/.aws/config"))
        let moment = ProvidedCredentials.Moment()
        let found = try await ProvidedCredentials.withHTTP { http in
            try await place.credentialProvider(CredentialParts(transport: http, local: http, clock: moment.clock, environment: [:]))
                .credentials()
        }
        #expect(found == ProvidedCredentials.expected("ROLE"))
        let request = try #require(server.requests.first)
        #expect(server.requests.count == 1)
        #expect(request.method == "POST")
        #expect(
            request.body == "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fgallery%20deploy&RoleSessionName=me&ExternalId=x%2By"
                + "&DurationSeconds=900&Version=2011-06-15")
        let authorization = try #require(request.header("Authorization"))
        #expect(
            authorization.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=SOURCE/20260101/eu-north-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date,"))
        #expect(!request.body.contains("hush"))
    }

    @Test func rolesAreAssumedInAChain() async throws {
        let server = try FakeServer { request in
            .init(body: ProvidedCredentials.stsAnswer("AssumeRole", request.body.contains("second") ? "SECOND" : "FIRST"))
        }
        defer { server.stop() }
        let config = """
            [profile p]
            role_arn = second
            source_profile = q
            [profile q]
            role_arn = first
            source_profile = k
            [profile k]
            aws_access_key_id = KEYS
            aws_secret_access_key = hush
            """
        let place = try ProvidedCredentials.place(["AWS_ENDPOINT_URL": server.url], profile: "p", files: ["/h/.aws/config": config])
        let found = try await ProvidedCredentials.withHTTP { http in
            try await place.credentialProvider(
                CredentialParts(transport: http, local: http, clock: ProvidedCredentials.Moment().clock, environment: [:])
            )
            .credentials()
        }
        #expect(found == ProvidedCredentials.expected("SECOND"))
        #expect(server.requests.map { $0.header("Authorization")?.contains("Credential=KEYS/") } == [true, false])
        #expect(server.requests.map { $0.header("x-amz-security-token") } == [nil, "t-FIRST"])
    }

    @Test func aRefusalOfSTSIsTold() async throws {
        let server = try FakeServer { _ in
            .init(status: 403, body: "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>")
        }
        defer { server.stop() }
        let place = try ProvidedCredentials.place(
            ["AWS_ENDPOINT_URL_STS": server.url, "AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:r"])
        let error = await #expect(throws: CredentialError.self) {
            try await ProvidedCredentials.withHTTP { http in
                let parts = CredentialParts(
                    transport: http, local: http, clock: ProvidedCredentials.Moment().clock,
                    files: ProvidedCredentials.files(["/t": "web-token"]), environment: [:])
                _ = try await place.credentialProvider(parts).credentials()
            }
        }
        #expect(error == .refused(source: "STS at \(server.url)/", reason: "AccessDenied: not you"))
    }

    @Test func aWebIdentityIsReadAnewAndItsRequestIsNotSigned() async throws {
        let server = try FakeServer { _ in
            .init(body: ProvidedCredentials.stsAnswer("AssumeRoleWithWebIdentity", "WEB", expires: "2026-01-01T01:00:00Z"))
        }
        defer { server.stop() }
        let tokens = Mutex(0)
        let files = SettingsFiles { path in
            guard path == "/h/token" else { return .missing }
            return .file(Array("token-\(tokens.withLock { $0 += 1; return $0 })\n".utf8), mode: 0o600)
        }
        let place = try ProvidedCredentials.place(
            [
                "AWS_ENDPOINT_URL_STS": server.url, "AWS_WEB_IDENTITY_TOKEN_FILE": "~/token", "AWS_ROLE_ARN": "arn:r",
                "AWS_ROLE_SESSION_NAME": "ci",
            ])
        #expect(place.credentialSource == .variable("AWS_WEB_IDENTITY_TOKEN_FILE"))
        let moment = ProvidedCredentials.Moment()
        try await ProvidedCredentials.withHTTP { (http: HTTPClient) async throws -> Void in
            let provider = place.credentialProvider(
                CredentialParts(transport: http, local: http, clock: moment.clock, files: files, environment: [:]))
            #expect(try await provider.credentials().accessKeyID == "WEB")
            #expect(try await provider.credentials().accessKeyID == "WEB")
            moment.pass(3000)
            #expect(try await provider.credentials().accessKeyID == "WEB")
        }
        #expect(
            server.requests.map(\.body)
                == (1...2).map {
                    "Action=AssumeRoleWithWebIdentity&RoleArn=arn%3Ar&RoleSessionName=ci&WebIdentityToken=token-\($0)&Version=2011-06-15"
                })
        #expect(server.requests.allSatisfy { $0.header("Authorization") == nil })
    }
}
