import TestSupport
import Testing

/// Credentials that end while a deploy is under way: others are fetched before, from the place that gave the first.
@Suite struct ExpiryTests {
    enum Giver: String, CaseIterable {
        case container
        case instance

        func environment(_ agent: CredentialsAgent, tokenFile: String) -> [String: String] {
            switch self {
            case .container:
                [
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(agent.url)/v1/credentials",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": tokenFile,
                ]
            case .instance:
                [
                    "AWS_EC2_METADATA_SERVICE_ENDPOINT": agent.url, "AWS_EC2_METADATA_DISABLED": "false",
                    "AWS_METADATA_SERVICE_TIMEOUT": "60",
                ]
            }
        }

        var asked: String {
            switch self {
            case .container: "GET /v1/credentials 200"
            case .instance: "GET /latest/meta-data/iam/security-credentials/photographer 200"
            }
        }
    }

    @Test(arguments: Giver.allCases) func credentialsAreRenewedBeforeTheyEnd(_ giver: Giver) async throws {
        // At this rate the deploy takes four seconds, and the first pair is due to be renewed after two.
        let text = String(repeating: "0123456789abcdef", count: 512)
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: (10..<30).map { ("\($0).txt", "\($0)\(text)") })), on: .radosgw)
        // The second pair is another user's, so that the server tells them apart.
        try await site.bucket.setPolicy(PermissionTests.policy("deploy").document(for: site.bucket.name, without: nil))
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let tokenFile = site.folder.path("token")
        let agent = try await CredentialsAgent(
            tokenFile: tokenFile,
            [
                CredentialsAgent.Pair(site.place.access, site.place.secret, seconds: 3),
                CredentialsAgent.Pair("deployerkey", "deployersecret", seconds: 3600),
            ])
        let keyless = ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""]
        let run = try await site.deploy(
            ["--bwlimit", "40K", "--jobs", "1"],
            environment: keyless.merging(giver.environment(agent, tokenFile: tokenFile)) { $1 })
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == (10..<30).map { "\($0).txt" })
        let asked = try await agent.log()
        #expect(asked.count { $0 == giver.asked } == 2, "\(asked)")
        let signers = try await recorder.log().compactMap { request in
            request.headers["authorization"]?.split(separator: "Credential=").last?.prefix { $0 != "/" }
        }
        let first = signers.prefix { $0 == site.place.access }
        #expect(!first.isEmpty && first.count < signers.count, "\(signers)")
        #expect(signers.dropFirst(first.count).allSatisfy { $0 == "deployerkey" }, "\(signers)")
    }
}
