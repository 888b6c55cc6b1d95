import Foundation
import TestSupport
import Testing

/// docs/permissions.md: each command works with exactly the policy that stands there, and with none of its actions less.
@Suite struct PermissionTests {
    struct Policy: Decodable {
        struct Grant: Decodable {
            let Effect: String
            let Action: [String]
            let Resource: String
        }
        let Version: String
        let Statement: [Grant]

        /// As the policy of `bucket`, for the user who owns nothing, without one of its actions.
        func document(for bucket: String, without missing: String?) -> JSON {
            .object([
                "Version": .string(Version),
                "Statement": .array(
                    Statement.compactMap { statement in
                        let actions = statement.Action.filter { $0 != missing }
                        if actions.isEmpty { return nil }
                        return .object([
                            "Effect": .string(statement.Effect), "Action": .array(actions.map(JSON.string)),
                            "Principal": .object(["AWS": .array([.string("arn:aws:iam:::user/deployer")])]),
                            "Resource": .array([.string(statement.Resource.replacing("BUCKET", with: bucket))]),
                        ])
                    }),
            ])
        }
    }

    /// The policy under a heading of the page.
    static func policy(_ heading: String) throws -> Policy {
        let page = try String(contentsOfFile: PackageFolder.path("docs/permissions.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "\n## \(heading)\n").dropFirst().first, "no section \(heading)")
        let block = try #require(section.components(separatedBy: "```json\n").dropFirst().first?.components(separatedBy: "```").first)
        return try JSONDecoder().decode(Policy.self, from: Data(block.utf8))
    }

    /// Runs a command in a bucket that grants the other user what the policy says.
    private func run(_ heading: String, _ policy: Policy, without missing: String? = nil) async throws -> (Program.Run, Site) {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "other content here"]), on: .radosgw)
        // Of the same size and another content: what it was deployed as must be asked.
        try await site.bucket.put("b.txt", "OTHER content here")
        try await site.bucket.put("gone.txt", "gone", metadata: ["sha256": String(repeating: "0", count: 64)])
        try await site.bucket.setCORS([
            [
                "AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"], "ExposeHeaders": ["ETag"],
                "MaxAgeSeconds": 3600,
            ]
        ])
        try await site.bucket.setPolicy(policy.document(for: site.bucket.name, without: missing))
        let keys = ["AWS_ACCESS_KEY_ID": "deployerkey", "AWS_SECRET_ACCESS_KEY": "deployersecret"]
        let bucket = "s3://\(site.bucket.name)"
        let words =
            switch heading {
            case "deploy": [site.source, bucket]
            case "deploy --delete": [site.source, bucket, "--delete"]
            case "cors apply": ["cors", "apply", bucket, "--cors-replace", "--cors-origin", "https://a.example"]
            default: heading.split(separator: " ").map(String.init) + [bucket]
            }
        return (try await site.run(words, environment: keys), site)
    }

    @Test(arguments: ["deploy", "deploy --delete", "cors check", "cors apply"]) func theLeastPolicySuffices(_ heading: String) async throws
    {
        let policy = try Self.policy(heading)
        let (run, site) = try await run(heading, policy)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        if heading.hasPrefix("deploy") {
            let kept = heading.contains("--delete") ? [] : ["gone.txt"]
            #expect(try await site.bucket.keys() == ["a.txt", "b.txt"] + kept)
        }
        for action in policy.Statement.flatMap(\.Action) {
            let (refused, _) = try await self.run(heading, policy, without: action)
            // That the rules cannot be read is a warning; all else fails.
            #expect(refused.status != 0 || action == "s3:GetBucketCORS", "without \(action)\n\(refused)")
            #expect(refused.errors.contains(action), "without \(action)\n\(refused)")
        }
    }
}
