import HTTP
import Synchronization
import Testing
import Vocabulary

@testable import S3

/// Each provider against a fake of its counterpart on loopback, from environment and files to credentials.
@Suite struct CredentialsProviderTests {
    /// A moment that tests may move: 2026-01-01T00:00:00Z at first. It never sleeps longer than it takes to say so.
    final class Moment: Sendable {
        private let value = Mutex<Int64>(1_767_225_600)
        let naps = Mutex<[Duration]>([])
        var now: Int64 { value.withLock { $0 } }
        func pass(_ seconds: Int64) { value.withLock { $0 += seconds } }

        /// Short naps pass at once; those of a deadline, longer than the gap between tries, only end with their task.
        var clock: S3Clock {
            S3Clock(
                now: { self.now },
                sleep: { duration in
                    self.naps.withLock { $0.append(duration) }
                    if duration > .seconds(1) { try await Task.sleep(for: duration) }
                })
        }
    }

    static let moment2027 = "2027-01-01T00:00:00Z"

    static func withHTTP<Value>(_ body: (HTTPClient) async throws -> Value) async throws -> Value {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .none
        let http = try HTTPClient(configuration)
        defer { http.shutdown() }
        return try await body(http)
    }

    static func place(_ environment: [String: String], profile: String? = nil, files: [String: String] = [:]) throws -> Place {
        var environment = environment
        environment["HOME"] = "/h"
        return try PlaceResolver.resolve(flags: PlaceRequest(profile: profile), environment: environment, files: Self.files(files))
    }

    static func files(_ files: [String: String]) -> SettingsFiles {
        SettingsFiles { path in files[path].map { .file(Array($0.utf8), mode: 0o600) } ?? .missing }
    }

    static func document(_ id: String, token: String = "Token", expires: String = moment2027) -> String {
        #"{"Code": "Success", "AccessKeyId": "\#(id)", "SecretAccessKey": "s-\#(id)", "\#(token)": "t-\#(id)", "Expiration": "\#(expires)"}"#
    }

    static func stsAnswer(_ action: String, _ id: String, expires: String = moment2027) -> String {
        """
        <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result><AssumedRoleUser><Arn>a</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>s-\(id)</SecretAccessKey><SessionToken>t-\(id)</SessionToken>
        <Expiration>\(expires)</Expiration></Credentials></\(action)Result></\(action)Response>
        """
    }

    static func expected(_ id: String) -> Credentials {
        Credentials(accessKeyID: id, secretAccessKey: "s-\(id)", sessionToken: "t-\(id)", expires: 1_798_761_600)
    }

    // MARK: STS

    @Test func aRoleIsAssumedWithTheKeysOfItsSourceProfile() async throws {
        let server = try FakeServer { _ in .init(body: Self.stsAnswer("AssumeRole", "ROLE")) }
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
        let place = try Self.place(["AWS_ENDPOINT_URL_STS": server.url], profile: "p", files: ["/h/.aws/config": config])
        #expect(place.credentialSource == .profile("p", setting: "role_arn", path: "/h/.aws/config"))
        let moment = Moment()
        let found = try await Self.withHTTP { http in
            try await place.credentialProvider(CredentialParts(transport: http, local: http, clock: moment.clock, environment: [:]))
                .credentials()
        }
        #expect(found == Self.expected("ROLE"))
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
            .init(body: Self.stsAnswer("AssumeRole", request.body.contains("second") ? "SECOND" : "FIRST"))
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
        let place = try Self.place(["AWS_ENDPOINT_URL": server.url], profile: "p", files: ["/h/.aws/config": config])
        let found = try await Self.withHTTP { http in
            try await place.credentialProvider(CredentialParts(transport: http, local: http, clock: Moment().clock, environment: [:]))
                .credentials()
        }
        #expect(found == Self.expected("SECOND"))
        #expect(server.requests.map { $0.header("Authorization")?.contains("Credential=KEYS/") } == [true, false])
        #expect(server.requests.map { $0.header("x-amz-security-token") } == [nil, "t-FIRST"])
    }

    @Test func aRefusalOfSTSIsTold() async throws {
        let server = try FakeServer { _ in
            .init(status: 403, body: "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>")
        }
        defer { server.stop() }
        let place = try Self.place(
            ["AWS_ENDPOINT_URL_STS": server.url, "AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:r"])
        let error = await #expect(throws: CredentialError.self) {
            try await Self.withHTTP { http in
                let parts = CredentialParts(
                    transport: http, local: http, clock: Moment().clock, files: Self.files(["/t": "web-token"]), environment: [:])
                _ = try await place.credentialProvider(parts).credentials()
            }
        }
        #expect(error == .refused(source: "STS at \(server.url)/", reason: "AccessDenied: not you"))
    }

    @Test func aWebIdentityIsReadAnewAndItsRequestIsNotSigned() async throws {
        let server = try FakeServer { _ in .init(body: Self.stsAnswer("AssumeRoleWithWebIdentity", "WEB", expires: "2026-01-01T01:00:00Z"))
        }
        defer { server.stop() }
        let tokens = Mutex(0)
        let files = SettingsFiles { path in
            guard path == "/h/token" else { return .missing }
            return .file(Array("token-\(tokens.withLock { $0 += 1; return $0 })\n".utf8), mode: 0o600)
        }
        let place = try Self.place(
            [
                "AWS_ENDPOINT_URL_STS": server.url, "AWS_WEB_IDENTITY_TOKEN_FILE": "~/token", "AWS_ROLE_ARN": "arn:r",
                "AWS_ROLE_SESSION_NAME": "ci",
            ])
        #expect(place.credentialSource == .variable("AWS_WEB_IDENTITY_TOKEN_FILE"))
        let moment = Moment()
        try await Self.withHTTP { (http: HTTPClient) async throws -> Void in
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

    // MARK: Single sign-on

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
        let place = try Self.place(["AWS_ENDPOINT_URL_SSO": server.url], profile: "p", files: ["/h/.aws/config": Self.sso])
        #expect(place.credentialSource == .profile("p", setting: "sso_session", path: "/h/.aws/config"))
        let cache = "/h/.aws/sso/cache/\(SHA1Name.work).json"
        let files = Self.files([cache: #"{"accessToken": "bearer", "expiresAt": "2026-01-01T08:00:00Z", "region": "us-east-1"}"#])
        let found = try await Self.withHTTP { http in
            try await place.credentialProvider(
                CredentialParts(transport: http, local: http, clock: Moment().clock, files: files, environment: [:])
            ).credentials()
        }
        #expect(found == Self.expected("SSO"))
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
        let place = try Self.place(["AWS_ENDPOINT_URL_SSO": server.url], profile: "p", files: ["/h/.aws/config": Self.sso])
        let files = Self.files(token.map { ["/h/.aws/sso/cache/\(SHA1Name.work).json": $0] } ?? [:])
        let error = await #expect(throws: CredentialError.self) {
            try await Self.withHTTP { http in
                let parts = CredentialParts(transport: http, local: http, clock: Moment().clock, files: files, environment: [:])
                _ = try await place.credentialProvider(parts).credentials()
            }
        }
        guard case .expired(_, let remedy) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(remedy == "Log in again: aws sso login --profile p")
    }

    // MARK: Containers

    @Test func aContainersAgentIsAskedWithItsToken() async throws {
        let server = try FakeServer { _ in .init(body: Self.document("AGENT")) }
        defer { server.stop() }
        let place = try Self.place([
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/v1/credentials?x=1", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/t",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "older",
        ])
        #expect(place.credentialSource == .metadata("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
        let found = try await Self.withHTTP { http in
            try await place.credentialProvider(
                CredentialParts(
                    transport: http, local: http, clock: Moment().clock, files: Self.files(["/t": "Bearer x\n"]), environment: [:])
            ).credentials()
        }
        #expect(found == Self.expected("AGENT"))
        #expect(server.requests.map(\.target) == ["/v1/credentials?x=1"])
        #expect(server.requests.first?.header("Authorization") == "Bearer x")
    }

    @Test func theAgentsTokenGoesNowhereElse() throws {
        for url in [
            "http://example.com/", "http://169.254.169.254/", "http://10.0.0.1/x", "http://localhost.example.com/", "http://u@localhost/",
            "localhost/x", "",
        ] {
            #expect(!ContainerEndpoint.mayAsk(url), "\(url)")
        }
        for url in [
            "https://example.com/x?y", "http://127.0.0.1:8080", "http://127.9.9.9/", "http://localhost/x", "http://[::1]/",
            "http://169.254.170.2/v2", "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/v1",
        ] {
            #expect(ContainerEndpoint.mayAsk(url), "\(url)")
        }
        #expect(throws: PlaceError.self) { try Self.place(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/"]) }
        let relative = try Self.place(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/x"])
        #expect(relative.recipe == .container(ContainerEndpoint(url: "http://169.254.170.2/v2/credentials/x", tokenFile: nil, token: nil)))
    }

    @Test func anAgentThatIsBusyIsAskedAgain() async throws {
        let count = Mutex(0)
        let server = try FakeServer { _ in
            switch count.withLock({
                $0 += 1; return $0
            }) {
            case 1: nil
            case 2: .init(status: 503)
            default: .init(body: Self.document("AGENT"))
            }
        }
        defer { server.stop() }
        let moment = Moment()
        let place = try Self.place(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
        let found = try await Self.withHTTP { http in
            try await place.credentialProvider(CredentialParts(transport: http, local: http, clock: moment.clock, environment: [:]))
                .credentials()
        }
        #expect(found == Self.expected("AGENT"))
        #expect(server.requests.count == 3)
        #expect(moment.naps.withLock { $0.filter { $0 == .seconds(1) }.count } == 2)
    }

    // MARK: Instances

    static func metadata(
        _ request: FakeServer.Request, role: FakeServer.Answer = .init(body: "gallery-role"), document: String
    ) -> FakeServer.Answer {
        switch (request.method, request.target) {
        case ("PUT", "/latest/api/token"): .init(body: request.header("x-aws-ec2-metadata-token-ttl-seconds") == "21600" ? "session" : "")
        case ("GET", _) where request.header("x-aws-ec2-metadata-token") != "session": .init(status: 401)
        case ("GET", "/latest/meta-data/iam/security-credentials/"): role
        case ("GET", "/latest/meta-data/iam/security-credentials/gallery-role"): .init(body: document)
        default: .init(status: 404)
        }
    }

    @Test func anInstancesRoleIsAskedInASession() async throws {
        let server = try FakeServer { Self.metadata($0, document: Self.document("INSTANCE")) }
        defer { server.stop() }
        let place = try Self.place(["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "AWS_METADATA_SERVICE_TIMEOUT": "5"])
        let found = try await Self.withHTTP { http in
            try await place.credentialProvider(CredentialParts(transport: http, local: http, clock: Moment().clock, environment: [:]))
                .credentials()
        }
        #expect(found == Self.expected("INSTANCE"))
        #expect(server.requests.map(\.method) == ["PUT", "GET", "GET"])
    }

    @Test(arguments: [
        ([:], true), (["AWS_ENDPOINT_URL": "https://fsn1.your-objectstorage.com"], false),
        (["AWS_ENDPOINT_URL": "https://fsn1.your-objectstorage.com", "S3_USE_IAM_ROLE": "true"], true),
        (["AWS_ENDPOINT_URL": "https://s3.eu-west-1.amazonaws.com"], true), (["AWS_EC2_METADATA_DISABLED": "true"], false),
        (["S3_USE_IAM_ROLE": "true", "AWS_EC2_METADATA_DISABLED": "TRUE"], false),
    ])
    func anInstancesRoleIsForAWS(_ environment: [String: String], _ asked: Bool) throws {
        // Resolving asks nobody; the recipe says whether anybody would.
        #expect(try Self.place(environment).asksLocalMetadata == asked)
    }

    @Test func theInstanceIsNeverAskedBeforeTheFiles() async throws {
        let server = try FakeServer { Self.metadata($0, document: Self.document("INSTANCE")) }
        defer { server.stop() }
        let place = try Self.place(
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url],
            files: ["/h/.aws/credentials": "[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n"])
        let found = try await Self.withHTTP { http in
            try await place.credentialProvider(CredentialParts(transport: http, local: http, clock: Moment().clock, environment: [:]))
                .credentials()
        }
        #expect(found.accessKeyID == "FILE")
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        ("no role", FakeServer.Answer(status: 404), "the instance has no role"),
        ("version 1 only", .init(status: 403), "no session token, status 403"),
        ("silent", .init(status: -1), ""),
    ])
    func amongTheMissingTheInstanceIsNamed(_ name: String, _ answer: FakeServer.Answer, _ reason: String) async throws {
        let server = try FakeServer { request in
            if answer.status < 0 { return nil }
            if name == "version 1 only" { return request.method == "PUT" ? answer : .init(body: "gallery-role") }
            return Self.metadata(request, role: answer, document: "")
        }
        defer { server.stop() }
        let place = try Self.place(["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "AWS_METADATA_SERVICE_TIMEOUT": "5"])
        let error = await #expect(throws: CredentialError.self) {
            try await Self.withHTTP { http in
                _ = try await place.credentialProvider(
                    CredentialParts(transport: http, local: http, clock: Moment().clock, environment: [:])
                ).credentials()
            }
        }
        guard case .missing(let looked) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(looked.count == 8)
        #expect(looked.last?.hasPrefix("the instance's metadata at \(server.url)/: \(reason)") == true)
        #expect(server.requests.allSatisfy { $0.method == "PUT" || $0.header("x-aws-ec2-metadata-token") != nil })
    }

    @Test func aSilentMetadataServerIsLeftAtItsDeadline() async throws {
        // The connection is taken and nothing is ever said; the clock ends the deadline at once.
        struct Silent: HTTPTransport {
            func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
                do { try await Task.sleep(for: .seconds(3600)) } catch { throw .cancelled }
                throw .malformedResponse("slept through")
            }
        }
        let clock = S3Clock(now: { 0 }, sleep: { _ in })
        let place = try Self.place(["AWS_METADATA_SERVICE_TIMEOUT": "2"])
        let error = await #expect(throws: CredentialError.self) {
            _ = try await place.credentialProvider(CredentialParts(transport: Silent(), local: Silent(), clock: clock, environment: [:]))
                .credentials()
        }
        #expect(error?.description.contains("no answer within 2.0 seconds") == true, "\(String(describing: error))")
    }

    // MARK: Programs

    @Test(
        arguments: [
            (#"/bin/echo '{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "hush"}'"#, nil),
            (
                "/bin/sh -c 'echo no luck >&2; exit 3'",
                CredentialError.refused(source: Self.program, reason: "it ended with status 3: no luck")
            ),
            ("/bin/sh -c 'kill -9 $$'", .refused(source: Self.program, reason: "it ended with status 137")),
            ("/nonexistent/program", .unreachable(source: Self.program, reason: "/nonexistent/program: No such file or directory")),
            ("/bin/echo hush", .malformedAnswer(source: Self.program, reason: "it is not the JSON that was expected")),
            (#"/bin/echo '{"Version": 2}'"#, .malformedAnswer(source: Self.program, reason: "its Version is 2, not 1")),
            (
                #"/bin/echo '{"Version": 1, "AccessKeyId": "P"}'"#,
                .malformedAnswer(source: Self.program, reason: "SecretAccessKey is missing")
            ),
            (
                #"/bin/echo '{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "hush", "Expiration": "soon"}'"#,
                .malformedAnswer(source: Self.program, reason: "Expiration is no ISO 8601 time")
            ),
            (
                "/bin/sh -c 'yes | head -c 2000000'",
                .unreachable(source: Self.program, reason: "/bin/sh did not end within two minutes, or printed more than 1 MiB")
            ),
        ] as [(String, CredentialError?)])
    func aProgramsAnswerIsRead(_ command: String, _ expected: CredentialError?) async throws {
        let place = try Self.place([:], profile: "p", files: ["/h/.aws/config": "[profile p]\ncredential_process = \(command)\n"])
        let parts = CredentialParts(
            transport: EndpointPlaceTests.Unreachable(), local: EndpointPlaceTests.Unreachable(), environment: ["PATH": "/usr/bin:/bin"])
        do throws(CredentialError) {
            let found = try await place.credentialProvider(parts).credentials()
            #expect(found == Credentials(accessKeyID: "P", secretAccessKey: "hush"))
            #expect(expected == nil)
        } catch {
            #expect(error == expected)
            #expect(!error.description.contains("hush"))
        }
    }

    static let program = "the credential_process of the profile “p”"

    @Test func aProgramSeesTheEnvironmentItIsGiven() async throws {
        let answer = try await ProcessRunner.system.run(
            ["/bin/sh", "-c", "echo $ONLY; env | wc -l; cat /dev/null"], ["ONLY": "this", "PATH": "/usr/bin:/bin"])
        #expect(String(decoding: answer.output, as: UTF8.self).hasPrefix("this\n"))
        #expect(answer.status == 0)
    }
}

/// sha1("work"), as sha1sum(1) gives it.
enum SHA1Name {
    static let work = "e274eeff768c6396088ec6eb091f4bf4d47ab1e0"
}
