import HTTP
import Testing

@testable import S3

/// What botocore makes of the same files and variables; the table is written by CredentialsAgreement.py.
@Suite struct CredentialsAgreement {
    struct Key: Sendable, Equatable {
        let id: String
        let secret: String
        let token: String?

        init(_ id: String, _ secret: String, _ token: String?) {
            self.id = id
            self.secret = secret
            self.token = token
        }
    }

    enum Outcome: Sendable {
        case answers(Key?, by: String?, region: String?, endpoint: String?, style: String?)
        case fails(String)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let config: String?
        let credentials: String?
        let environment: [String: String]
        let profile: String?
        let outcome: Outcome

        init(_ name: String, config: String?, credentials: String?, environment: [String: String], profile: String?, _ outcome: Outcome) {
            self.name = name
            self.config = config
            self.credentials = credentials
            self.environment = environment
            self.profile = profile
            self.outcome = outcome
        }

        var testDescription: String { name }

        func resolve() throws(PlaceError) -> Place {
            let paths: (config: String, credentials: String) =
                switch name {
                case "files elsewhere": ("/home/u/elsewhere/c", "/home/u/elsewhere/k")
                default: ("/home/u/.aws/config", "/home/u/.aws/credentials")
                }
            let files = [paths.config: config, paths.credentials: credentials].compactMapValues(\.self)
            var environment = environment
            environment["HOME"] = "/home/u"
            environment["AWS_EC2_METADATA_DISABLED"] = "true"
            return try PlaceResolver.resolve(
                flags: PlaceRequest(profile: profile), environment: environment,
                files: SettingsFiles { path in files[path].map { .file(Array($0.utf8), mode: 0o600) } ?? .missing })
        }
    }

    @Test(arguments: cases) func agreesWithBotocore(_ row: Case) async throws {
        switch row.outcome {
        case .fails:
            #expect(throws: PlaceError.self) { try row.resolve() }
        case .answers(let key, let method, let region, let endpoint, let style):
            let place = try row.resolve()
            #expect(place.region.value == region ?? "us-east-1")
            if region == nil { #expect(place.region.source == .assumed("the default")) }
            #expect(place.endpoint.value.description == endpoint ?? "https://s3.\(region ?? "us-east-1").amazonaws.com")
            #expect(place.endpoint.value.styleIsChosen == (style != nil))
            if let style { #expect(place.endpoint.value.style == (style == "path" ? .path : .virtualHost)) }
            let fixed: Set<String> = ["env", "shared-credentials-file", "config-file"]
            #expect(place.recipe.method == method.map { fixed.contains($0) ? "fixed" : $0 })
            if let key {
                let parts = CredentialParts(transport: Unreachable(), local: Unreachable(), environment: row.environment)
                let found = try await place.credentialProvider(parts).credentials()
                #expect(Key(found.accessKeyID, found.secretAccessKey, found.sessionToken) == key)
            }
        }
    }

    /// No row asks anything over the network.
    struct Unreachable: HTTPTransport {
        func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { throw .notConnected("no network in this test") }
    }
}

extension CredentialRecipe {
    /// botocore's name of the method; it tells the sources of fixed keys apart, which the recipe does not.
    fileprivate var method: String? {
        switch self {
        case .fixed: "fixed"
        case .process: "custom-process"
        case .assumeRole: "assume-role"
        case .webIdentity: "assume-role-with-web-identity"
        case .singleSignOn: "sso"
        case .container: "container-role"
        case .instance: "iam-role"
        case .none: nil
        }
    }
}
