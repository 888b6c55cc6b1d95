import Synchronization
import Testing

@testable import S3

/// Containers' agents, against a fake of one on loopback.
@Suite struct CredentialsContainerTests {
    @Test func aContainersAgentIsAskedWithItsToken() async throws {
        let server = try FakeServer { _ in .init(body: ProvidedCredentials.document("AGENT")) }
        defer { server.stop() }
        let place = try ProvidedCredentials.place([
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/v1/credentials?x=1", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/t",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "older",
        ])
        #expect(place.credentialSource == .metadata("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
        let found = try await ProvidedCredentials.withHTTP { http in
            try await place.credentialProvider(
                CredentialParts(
                    transport: http, local: http, clock: ProvidedCredentials.Moment().clock,
                    files: ProvidedCredentials.files(["/t": "Bearer x\n"]), environment: [:])
            ).credentials()
        }
        #expect(found == ProvidedCredentials.expected("AGENT"))
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
        #expect(throws: PlaceError.self) { try ProvidedCredentials.place(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/"]) }
        let relative = try ProvidedCredentials.place(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/x"])
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
            default: .init(body: ProvidedCredentials.document("AGENT"))
            }
        }
        defer { server.stop() }
        let moment = ProvidedCredentials.Moment()
        let place = try ProvidedCredentials.place(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
        let found = try await ProvidedCredentials.withHTTP { http in
            try await place.credentialProvider(CredentialParts(transport: http, local: http, clock: moment.clock, environment: [:]))
                .credentials()
        }
        #expect(found == ProvidedCredentials.expected("AGENT"))
        #expect(server.requests.count == 3)
        #expect(moment.naps.withLock { $0.filter { $0 == .seconds(1) }.count } == 2)
    }
}
