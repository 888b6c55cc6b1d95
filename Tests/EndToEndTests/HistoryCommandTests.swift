import Foundation
import TestSupport
import Testing

/// `galleria-deploy history`.
@Suite struct HistoryCommandTests {
    private static func history(_ site: Site, _ words: [String] = []) async throws -> Program.Run {
        try await site.run(["history"] + words + [site.source, "s3://\(site.bucket.name)"])
    }

    @Test func runsAreListedAndTold() async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "bb", "c.txt": "ccc"]), on: .ministack)
        let none = try await Self.history(site)
        #expect(none.status == 0 && none.output.contains("no run of") && none.errors.isEmpty, "\(none)")
        #expect(try await site.deploy(["-n"]).status == 0)
        #expect(try await site.deploy().status == 0)
        try site.folder.write("other", to: "gallery/b.txt")
        try FileManager.default.removeItem(atPath: site.source + "/c.txt")
        try site.folder.write("", to: "gallery/empty.jpg")
        #expect(try await site.deploy(["--delete", "--max-delete", "100%"]).status == 1)
        try FileManager.default.removeItem(atPath: site.source + "/empty.jpg")
        #expect(try await site.deploy(["--delete", "--max-delete", "100%"]).status == 0)
        #expect(try await site.deploy(["--no-state"]).status == 0)

        let list = try await Self.history(site)
        let rows = list.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(list.status == 0 && rows.first?.first == "RUN" && rows.dropFirst().map { $0[0] } == ["3", "2", "1"], "\(list)")
        let limited = try await Self.history(site, ["--limit", "1"])
        #expect(limited.output.split(separator: "\n").count == 2, "\(limited)")

        let second = try await Self.history(site, ["2"])
        let lines = second.output.split(separator: "\n").map(String.init)
        #expect(lines[0].contains(/^run 2 began \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ and took .*: exit status 1$/), "\(second)")
        #expect(lines[1] == "1 sent (5 B), 0 copied, 0 header updates, 0 deleted, 1 unchanged, 1 failed", "\(second)")
        #expect(lines.contains("upload  b.txt (size, 5 B)") && lines.contains { $0.hasPrefix("failed  empty.jpg (") }, "\(second)")
        let third = try await Self.history(site, ["3"])
        #expect(third.output.contains("\ndelete  c.txt\n"), "\(third)")
        let missing = try await Self.history(site, ["77"])
        #expect(missing.status == 1 && missing.errors.contains("no run 77"), "\(missing)")
    }

    @Test func asJSON() async throws {
        struct Document: Decodable {
            struct Change: Decodable {
                let action: String
                let path: String
                let file_size: Int?
            }
            struct Run: Decodable {
                let run: Int
                let exit_status: Int
                let uploaded_files: Int
                let changes: [Change]?
            }
            struct Target: Decodable {
                let destination: String
                let runs: [Run]
            }
            let schema: String
            let targets: [Target]
        }
        let site = try await Site(.files(["a.txt": "a", "ü/b.txt": "bb"]), on: .ministack)
        #expect(try await site.deploy().status == 0)
        func document(_ words: [String]) async throws -> Document {
            let run = try await Self.history(site, ["--format", "json"] + words)
            return try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
        }
        let list = try await document([])
        #expect(list.schema == "galleria-deploy/history/1" && list.targets.first?.destination == "s3://\(site.bucket.name)/")
        #expect(list.targets.first?.runs.map(\.uploaded_files) == [2] && list.targets.first?.runs.first?.changes == nil)
        let one = try await document(["1"])
        let changes = try #require(one.targets.first?.runs.first?.changes)
        #expect(Set(changes.map(\.path)) == ["a.txt", "ü/b.txt"] && changes.allSatisfy { $0.action == "upload" && $0.file_size != nil })
    }

    /// What ended early is told, too, with its reason.
    @Test func aRunThatWasRefusedIsInTheHistory() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        #expect(try await site.deploy().status == 0)
        try site.folder.write("b", to: "gallery/a.txt")
        #expect(try await site.deploy(["--max-overwrite", "0"]).status == 4)
        let run = try await Self.history(site, ["2"])
        #expect(run.output.contains("exit status 4") && run.output.contains("refused"), "\(run)")
    }

    @Test func eachTargetHasItsOwn() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        try site.folder.write(
            """
            cors: off
            endpoint-url: \(site.place.endpoint)
            source: gallery
            targets:
              one: {destination: "s3://\(site.bucket.name)/one"}
              two: {destination: "s3://\(site.bucket.name)/two"}
            """, to: "galleria-deploy.yml")
        #expect(try await site.run([]).status == 0)
        // What changed nothing is not worth telling, and leaves the state as it is.
        #expect(try await site.run([]).status == 0)
        try site.folder.write("b", to: "gallery/b.txt")
        #expect(try await site.run(["one"]).status == 0)
        let all = try await site.run(["history"])
        #expect(all.output.components(separatedBy: "\nRUN").count + (all.output.hasPrefix("RUN") ? 1 : 0) == 3, "\(all)")
        let one = try await site.run(["history", "one", "2"])
        #expect(one.status == 0 && one.output.hasPrefix("run 2 of one began"), "\(one)")
        let which = try await site.run(["history", "1"])
        #expect(which.status == 64 && which.errors.contains("one, two"), "\(which)")
    }
}
