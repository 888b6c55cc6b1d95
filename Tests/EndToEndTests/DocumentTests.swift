import Foundation
import TestSupport
import Testing

/// What the documents tell readers to type, typed.
@Suite struct DocumentTests {
    struct Block: Sendable, CustomTestStringConvertible {
        let system: String
        let name: String
        let event: String
        /// Whether the gallery is in the bucket afterwards.
        let deploys: Bool
        /// What is said.
        let words: String

        var testDescription: String { "\(system) \(name), \(event)" }
    }

    static let blocks = [
        Block(system: "github", name: "static", event: "push", deploys: true, words: "31 files"),
        Block(system: "github", name: "static", event: "pull", deploys: false, words: "plan: 31 uploads"),
        Block(system: "github", name: "static", event: "fork", deploys: false, words: "::notice::This pull request comes from a fork"),
        Block(system: "github", name: "package", event: "push", deploys: true, words: "install --yes ./galleria-deploy.deb"),
        Block(system: "github", name: "oidc", event: "push", deploys: true, words: "31 files"),
        Block(system: "gitlab", name: "static", event: "push", deploys: true, words: "31 files"),
        Block(system: "gitlab", name: "static", event: "pull", deploys: false, words: "plan: 31 uploads"),
        Block(system: "gitlab", name: "static", event: "fork", deploys: false, words: "No keys here"),
        Block(system: "gitlab", name: "oidc", event: "push", deploys: true, words: "31 files"),
        Block(system: "woodpecker", name: "static", event: "push", deploys: true, words: "31 files"),
        Block(system: "woodpecker", name: "static", event: "fork", deploys: false, words: "photos/Moonrise.jpg"),
    ]

    static func script(
        _ name: String, _ arguments: [String], _ environment: [String: String] = [:]
    ) async throws -> Program.Run {
        try await Program.run(
            [PackageFolder.path(".venv/bin/python"), "-B", PackageFolder.path("Tests/Documents/\(name).py")] + arguments,
            environment: environment)
    }

    @Test func everyCIBlockIsRun() async throws {
        let run = try await Self.script("ci", ["list"])
        #expect(run.status == 0, "\(run)")
        #expect(Set(run.output.split(separator: "\n").map(String.init)) == Set(Self.blocks.map { "\($0.system) \($0.name)" }))
    }

    @Test(arguments: blocks) func ciBlock(_ block: Block) async throws {
        let site = try await Site(.fixtures, on: .ministack)
        let folder = try TemporaryFolder("ci")
        let run = try await Self.script(
            "ci", ["run", block.system, block.name, block.event],
            [
                "ENDPOINT": site.place.endpoint, "ACCESS": site.place.access, "SECRET": site.place.secret, "BUCKET": site.bucket.name,
                "PROGRAM": Executable.path, "FOLDER": folder.path, "HOME": folder.path,
            ])
        #expect(run.status == 0, "\(run)")
        #expect(run.output.contains(block.words), "\(run)")
        let keys = try await site.bucket.keys()
        #expect(keys.count == (block.deploys ? 31 : 0), "\(run)")
    }

    @Test func tutorial() async throws {
        let server = try await S3Server.radosgw.place
        let folder = try TemporaryFolder("tutorial")
        let run = try await Self.script(
            "tutorial", [],
            [
                "ENDPOINT": server.endpoint, "ACCESS": server.access, "SECRET": server.secret,
                "BUCKET": "wedding-\(UUID().uuidString.lowercased())", "PROGRAM": Executable.path, "FOLDER": folder.path,
            ])
        #expect(run.status == 0, "\(run)")
        #expect(run.output.contains("ran 12 blocks"), "\(run)")
    }
}
