import Foundation
import Photo
import Planning
import Source
import Testing
import Vocabulary

@testable import Deploy
@testable import galleria_deploy

/// Plans and reports as people and machines read them, as files to look at. `GALLERIA_RECORD=1` writes them anew, and fails.
@Suite struct GoldenTextTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    private func expect(_ text: String, _ name: String) throws {
        let url = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["GALLERIA_RECORD"] != nil {
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(url.path); look at the difference and run again without GALLERIA_RECORD")
            return
        }
        #expect(try text == String(contentsOf: url, encoding: .utf8), "\(name): if that is meant, record it anew: GALLERIA_RECORD=1")
    }

    private static func file(_ path: String, _ size: Int64) -> LocalFile {
        LocalFile(path: Key(path), status: FileStatus(size: size, modified: 0, changed: 0, inode: 0, device: 0))
    }

    private static let hash = SHA256(1, 2, 3, 4)

    private static func object(_ key: String, _ size: Int64) -> RemoteObject {
        RemoteObject(key: Key(key), size: size, etag: ETag("0123456789abcdef0123456789abcdef"), lastModified: "2024-06-15T12:00:00.000Z")
    }

    /// Something of everything.
    private static var plan: Plan {
        var plan = Plan()
        plan.uploads = [
            PlannedUpload(file: file("index.html", 1200), reason: .content, deployedSize: 700, replacedSize: 700),
            PlannedUpload(file: file("photos/IMG 0001.jpg", 8_123_456), reason: .new, deployedSize: nil, replacedSize: nil),
            PlannedUpload(file: file("photos/a\u{202E}b.jpg", 5000), reason: .size, deployedSize: 5012, replacedSize: 4000),
        ]
        var copied = PlannedUpload(file: file("photos/moved.jpg", 900), reason: .new, deployedSize: 900, replacedSize: nil)
        copied.copy = PlannedCopy(path: Key("old/moved.jpg"), etag: ETag("\"x\""), sha256: hash, isRewritten: false)
        plan.uploads.append(copied)
        plan.headerUpdates = [
            PlannedHeaderUpdate(file: file("style.css", 10), object: object("site/style.css", 10), sha256: hash),
            PlannedHeaderUpdate(file: file("theirs.css", 11), object: object("site/theirs.css", 11), sha256: hash, isAdoption: true),
        ]
        plan.deletions = [object("site/gone.jpg", 4_000_000)]
        plan.unchangedCount = 40
        plan.unchangedBytes = 123_456_789
        plan.remoteCount = 46
        return plan
    }

    private static var report: DeployReport {
        var report = DeployReport()
        report.plan = plan
        report.unchangedCount = 40
        report.excluded = [.filtered: 3, .hidden: 1]
        report.extraneousCount = 2
        report.unknownHeaderCount = 7
        for outcome in [
            Outcome.uploaded(path: Key("index.html"), reason: .content, size: 700, sha256: hash),
            .uploaded(path: Key("photos/IMG 0001.jpg"), reason: .new, size: 8_123_460, sha256: hash),
            .copied(path: Key("photos/moved.jpg"), source: Key("old/moved.jpg"), size: 900), .headersUpdated(path: Key("style.css")),
            .adopted(path: Key("theirs.css")), .failed(path: "photos/a\\u{202E}b.jpg", .source(.changed)),
        ] { report.fold(outcome) }
        report.deletionsSkipped = 1
        return report
    }

    @Test func plans() throws {
        let prefix = Prefix("site")
        try expect(PlanText(plan: Self.plan, prefix: prefix).lines.joined(separator: "\n") + "\n", "plan.txt")
        try expect(ItemText.lines(Self.plan, below: prefix).joined(separator: "\n") + "\n", "plan-itemized.txt")
    }

    @Test(arguments: [false, true]) func reports(isDryRun: Bool) throws {
        let text = ReportText(report: Self.report, rules: CaptureRules(), duration: .seconds(2), isDryRun: isDryRun)
        let lines = text.failures + text.summary(address: "https://photos.example.com/")
        try expect(lines.joined(separator: "\n") + "\n", isDryRun ? "report-dry-run.txt" : "report.txt")
        let totals = ReportDocument.Totals(Self.report, seconds: 2, isDryRun: isDryRun)
        try expect(try JSONText.document(totals) + "\n", isDryRun ? "totals-dry-run.json" : "totals.json")
    }

    /// Plans that are saved are read by later versions, name by name.
    @Test func aSavedPlanIsReadAndWrittenAsItStands() throws {
        let saved = Self.folder.appending(path: "saved-plan.json")
        let document = try PlanDocument(reading: saved.path)
        #expect(document.targets[0].plan.uploads.map(\.key) == ["site/index.html", "site/new.jpg"])
        #expect(document.targets[0].plan.count == 4)
        try expect(try JSONText.document(document) + "\n", "saved-plan.json")
        // What is not compared: why a file is sent. What is: everything that is done.
        let plan = document.targets[0].plan
        #expect(plan.differences(from: plan).isEmpty)
        #expect(plan.differences(from: SavedPlan(uploads: [], headerUpdates: [], deletions: [])).count == plan.count)
    }
}
