import Testing

@testable import S3

/// Single sign-on, against a fake of its portal on loopback.
@Suite struct CredentialsSignOnTests {
    static let sso = """
        [profile p]
        sso_session = work
        sso_account_id = 123
        sso_role_name = Gallery Admin
        [sso-session work]
        sso_start_url = https://start.example
        sso_region = us-east-1
        """

    @Test func singleSignOnUsesTheCachedToken() async throws {
        let server = try FakeServer { _ in
            .init(
                body:
                    #"{"roleCredentials": {"accessKeyId": "SSO", "secretAccessKey": "s-SSO", "sessionToken": "t-SSO", "expiration": 1798761600000}}"#
            )
        }
        defer { server.stop() }
        let place = try ProvidedCredentials.place(["AWS_ENDPOINT_URL_SSO": server.url], profile: "p", files: ["/h/.aws/config": Self.sso])
        #expect(place.credentialSource == .profile("p", setting: "sso_session", path: "/h/.aws/config"))
        let cache = "/h/.aws/sso/cache/\(SHA1Name.work).json"
        let files = ProvidedCredentials.files([
            cache: #"{"accessToken": "bearer", "expiresAt": "2026-01-01T08:00:00Z", "region": "us-east-1"}"#
        ])
        let found = try await ProvidedCredentials.withHTTP { http in
            try await place.credentialProvider(
                CredentialParts(transport: http, local: http, clock: ProvidedCredentials.Moment().clock, files: files, environment: [:])
            ).credentials()
        }
        #expect(found == ProvidedCredentials.expected("SSO"))
        let request = try #require(server.requests.first)
        #expect(request.target == "/federation/credentials?role_name=Gallery%20Admin&account_id=123")
        #expect(request.header("x-amz-sso_bearer_token") == "bearer")
    }

    @Test(
        arguments: [
            (nil, 200), (#"{"accessToken": "b", "expiresAt": "2025-12-31T23:59:59UTC"}"#, 200),
            (#"{"accessToken": "b", "expiresAt": "2027-01-01T00:00:00Z"}"#, 401),
        ] as [(String?, Int)])
    func singleSignOnSaysHowToLogInAgain(_ token: String?, _ status: Int) async throws {
        let server = try FakeServer { _ in .init(status: status, body: #"{"message": "no"}"#) }
        defer { server.stop() }
        let place = try ProvidedCredentials.place(["AWS_ENDPOINT_URL_SSO": server.url], profile: "p", files: ["/h/.aws/config": Self.sso])
        let files = ProvidedCredentials.files(token.map { ["/h/.aws/sso/cache/\(SHA1Name.work).json": $0] } ?? [:])
        let error = await #expect(throws: CredentialError.self) {
            try await ProvidedCredentials.withHTTP { http in
                let parts = CredentialParts(
                    transport: http, local: http, clock: ProvidedCredentials.Moment().clock, files: files, environment: [:])
                _ = try await place.credentialProvider(parts).credentials()
            }
        }
        guard case .expired(_, let remedy) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(remedy == "Log in again: aws sso login --profile p")
    }
}

/// sha1("work"), as sha1sum(1) gives it.
enum SHA1Name {
    static let work = "e274eeff768c6396088ec6eb091f4bf4d47ab1e0"
}
