import S3
import Testing

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
        case answers(Key?, region: String?, endpoint: String?, style: String?)
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
        case .answers(let key, let region, let endpoint, let style):
            let place = try row.resolve()
            #expect(place.region.value == region ?? "us-east-1")
            if region == nil { #expect(place.region.source == .assumed("the default")) }
            #expect(place.endpoint.value.description == endpoint ?? "https://s3.\(region ?? "us-east-1").amazonaws.com")
            #expect(place.endpoint.value.styleIsChosen == (style != nil))
            if let style { #expect(place.endpoint.value.style == (style == "path" ? .path : .virtualHost)) }
            do throws(CredentialError) {
                let found = try await place.credentialProvider().credentials()
                #expect(Key(found.accessKeyID, found.secretAccessKey, found.sessionToken) == key)
            } catch {
                #expect(key == nil)
                guard case .missing(let looked) = error else {
                    Issue.record("\(error)")
                    return
                }
                #expect(!looked.isEmpty)
            }
        }
    }
}
