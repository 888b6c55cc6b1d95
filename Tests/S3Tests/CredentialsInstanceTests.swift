import HTTP
import Testing

@testable import S3

/// Roles of instances, against a fake of the metadata service on loopback.
@Suite struct CredentialsInstanceTests {
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
        let server = try FakeServer { Self.metadata($0, document: ProvidedCredentials.document("INSTANCE")) }
        defer { server.stop() }
        let place = try ProvidedCredentials.place(["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "AWS_METADATA_SERVICE_TIMEOUT": "5"])
        let found = try await ProvidedCredentials.withHTTP { http in
            try await place.credentialProvider(
                CredentialParts(transport: http, local: http, clock: ProvidedCredentials.Moment().clock, environment: [:])
            )
            .credentials()
        }
        #expect(found == ProvidedCredentials.expected("INSTANCE"))
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
        #expect(try ProvidedCredentials.place(environment).asksLocalMetadata == asked)
    }

    @Test func theInstanceIsNeverAskedBeforeTheFiles() async throws {
        let server = try FakeServer { Self.metadata($0, document: ProvidedCredentials.document("INSTANCE")) }
        defer { server.stop() }
        let place = try ProvidedCredentials.place(
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url],
            files: ["/h/.aws/credentials": "[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n"])
        let found = try await ProvidedCredentials.withHTTP { http in
            try await place.credentialProvider(
                CredentialParts(transport: http, local: http, clock: ProvidedCredentials.Moment().clock, environment: [:])
            )
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
        let place = try ProvidedCredentials.place(["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "AWS_METADATA_SERVICE_TIMEOUT": "5"])
        let error = await #expect(throws: CredentialError.self) {
            try await ProvidedCredentials.withHTTP { http in
                _ = try await place.credentialProvider(
                    CredentialParts(transport: http, local: http, clock: ProvidedCredentials.Moment().clock, environment: [:])
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
        let place = try ProvidedCredentials.place(["AWS_METADATA_SERVICE_TIMEOUT": "2"])
        let error = await #expect(throws: CredentialError.self) {
            _ = try await place.credentialProvider(CredentialParts(transport: Silent(), local: Silent(), clock: clock, environment: [:]))
                .credentials()
        }
        #expect(error?.description.contains("no answer within 2.0 seconds") == true, "\(String(describing: error))")
    }
}
