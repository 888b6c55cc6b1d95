import Foundation
import TestSupport
import Testing

/// What machines read.
@Suite struct ReportFormatTests {
    private struct Document: Decodable {
        struct File: Decodable {
            let action: String
            let path: String?
            let key: String?
            let success: Bool
            let skipped: Bool
            let reason: String?
            let fileSize: Int?
            let checksum: String?
            let uploadTime: String?
            let error: String?
        }
        struct Failure: Decodable {
            let path: String
            let error: String
        }
        struct Totals: Decodable {
            let totalFiles: Int
            let uploadedFiles: Int
            let skippedFiles: Int
            let failedFiles: Int
            let deletedObjects: Int
            let totalSize: Int
            let percentComplete: Double
            let successRate: Double
        }
        struct CORS: Decodable {
            let configured: Bool
            let needsUpdate: Bool
        }
        struct Plan: Decodable {
            let uploads: Int
            let deletions: Int
        }
        struct Target: Decodable {
            let destination: String
            let cors: CORS?
            let plan: Plan?
            let totals: Totals?
            let files: [File]
            let warnings: [String]
            let errors: [Failure]
            let fault: String?
        }
        let schema: String
        let dryRun: Bool
        let exitStatus: Int
        let targets: [Target]
        let fault: String?
    }

    private func document(_ run: Program.Run) throws -> Document {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let document = try decoder.decode(Document.self, from: Data(run.output.utf8))
        #expect(document.schema == "galleria-deploy/report/1" && document.exitStatus == Int(run.status))
        return document
    }

    @Test func oneObjectTellsWhatTheBucketHolds() async throws {
        let site = try await Site(.files(["a.txt": "a", "b/ü.txt": "bb", "empty.jpg": ""]), on: .ministack)
        let run = try await site.deploy(["--format", "json"], prefix: "site")
        #expect(run.status == 1 && run.errors.contains("failed: empty.jpg"), "\(run)")
        let target = try #require(try document(run).targets.first)
        #expect(target.destination == "s3://\(site.bucket.name)/site/" && target.cors == nil)
        for object in try await site.bucket.snapshot() {
            let file = try #require(target.files.first { $0.key == object.keyText }, "\(run)")
            #expect(file.action == "upload" && file.success && !file.skipped && file.reason == "new" && file.uploadTime != nil)
            #expect(file.checksum == object.sha256 && file.fileSize == object.size)
        }
        let totals = try #require(target.totals)
        #expect(totals.totalFiles == 3 && totals.uploadedFiles == 2 && totals.failedFiles == 1 && totals.totalSize == 3)
        #expect(totals.successRate == 66.67 && totals.percentComplete == 66.67)
        #expect(
            target.errors.map(\.path) == ["empty.jpg"] && target.files.contains { $0.path == "empty.jpg" && !$0.success && $0.error != nil }
        )
    }

    @Test func aDryRunListsWhatIsPlanned() async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "b"]), on: .radosgw)
        for key in ["b.txt", "old.txt"] { try await site.bucket.put(key, "b") }
        let run = try await site.deploy(["--format", "json", "-n", "--delete", "--adopt", "--exit-code"], checkingCORS: true)
        // CORS rules that do not suffice rank above pending changes.
        #expect(run.status == 3, "\(run)")
        let found = try document(run)
        let target = try #require(found.targets.first)
        #expect(found.dryRun && target.plan?.uploads == 1 && target.plan?.deletions == 1)
        #expect(target.files.map(\.action) == ["upload", "delete"] && target.files.allSatisfy(\.skipped))
        #expect(target.files.map(\.key) == ["a.txt", "old.txt"])
        #expect(target.cors?.needsUpdate == true && target.fault?.contains("CORS") == true)
    }

    @Test func aFaultIsPartOfTheObject() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let early = try await site.deploy(["--format", "json", "--filter-from", "nowhere"])
        #expect(early.status == 5, "\(early)")
        let document = try document(early)
        #expect(document.targets.isEmpty && document.fault?.contains("nowhere") == true)
    }

    @Test func eventsComeALineEach() async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "b"]), on: .ministack)
        let run = try await site.deploy(["--format", "jsonl", "-v"])
        #expect(run.status == 0, "\(run)")
        let lines = try run.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.compactMap { $0["event"] as? String } == ["start", "plan", "file", "file", "end"], "\(run)")
        #expect(lines.first?["schema"] as? String == "galleria-deploy/report/1")
    }
}
