import Foundation
import TestSupport
import Testing

/// A bucket becomes again what an earlier run left: by its versions, or by what the trash keeps.
@Suite struct RollbackTests {
    enum Keeping: Sendable, CaseIterable { case versions, trash }

    private static let trash = ["--trash", "kept"]

    /// A site of two runs: the second replaced, deleted, created and gave other headers.
    private func site(_ keeping: Keeping, _ server: S3Server = .radosgw) async throws -> (site: Site, first: [RealBucket.Object]) {
        let site = try await Site(
            .files(["index.html": "1", "a.txt": "1", "b/ä c.txt": "1", "gone.txt": "1", "same.txt": "1"]), on: server)
        if keeping == .versions { try await site.bucket.keepVersions() }
        #expect(try await deploy(site, keeping).status == 0)
        let first = try await Self.contents(site)
        try site.folder.write("22", to: "gallery/index.html")
        try site.folder.write("22", to: "gallery/b/ä c.txt")
        try site.folder.write("22", to: "gallery/new.txt")
        try FileManager.default.removeItem(atPath: site.source + "/gone.txt")
        #expect(try await deploy(site, keeping, ["--cache-control", "max-age=5"]).status == 0)
        #expect(try await Self.contents(site) != first)
        return (site, first)
    }

    private func deploy(_ site: Site, _ keeping: Keeping, _ options: [String] = []) async throws -> Program.Run {
        try await site.deploy(["--delete", "--manifest", "m.json"] + (keeping == .trash ? Self.trash : []) + options, prefix: "site")
    }

    private func rollback(_ site: Site, _ keeping: Keeping, _ options: [String], place: S3Place? = nil) async throws -> Program.Run {
        try await site.run(
            ["rollback"] + options + [site.source, "s3://\(site.bucket.name)/site"] + (keeping == .trash ? Self.trash : []))
    }

    /// What is deployed, with headers and metadata, whenever it was written.
    private static func contents(_ site: Site) async throws -> [RealBucket.Object] {
        try await site.bucket.snapshot().filter { $0.keyText.hasPrefix("site/") }
    }

    private static func facts(_ objects: [RealBucket.Object]) -> [String] {
        objects.map { "\($0.keyText) \($0.size) \($0.sha256 ?? "") \($0.contentType ?? "") \($0.cacheControl ?? "") \($0.metadata ?? [:])" }
    }

    @Test(arguments: Keeping.allCases) func theLastRunIsUndoneAndDoneAgain(_ keeping: Keeping) async throws {
        let (site, first) = try await site(keeping)
        let second = try await Self.contents(site)
        let shown = try await rollback(site, keeping, ["-n"])
        #expect(shown.status == 0 && shown.output.contains("undoing run 2:") && shown.output.contains("delete   new.txt"), "\(shown)")
        #expect(try await Self.contents(site) == second)
        // Nobody can be asked.
        let unasked = try await rollback(site, keeping, [])
        #expect(unasked.status == 4 && unasked.errors.contains("--yes"), "\(unasked)")
        #expect(try await Self.contents(site) == second)
        let run = try await rollback(site, keeping, ["--yes", "--format", "json"])
        #expect(run.status == 0, "\(run)")
        #expect(try await Self.facts(Self.contents(site)) == Self.facts(first), "\(run)")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(
            report["runs"] as? [Int] == [2] && (report["objects"] as? [[String: Any]])?.allSatisfy { $0["done"] as? Bool == true } == true)
        // It is in the history, and can be undone itself.
        let history = try await site.run(["history", "3", site.source, "s3://\(site.bucket.name)/site", "--format", "json"])
        #expect(history.status == 0 && history.output.contains("rollback of run 2"), "\(history)")
        #expect(try await rollback(site, keeping, ["--yes"]).status == 0)
        #expect(try await Self.facts(Self.contents(site)) == Self.facts(second))
        // To what the first run left; a second time there is nothing to do.
        #expect(try await rollback(site, keeping, ["1", "--yes"]).status == 0)
        #expect(try await Self.facts(Self.contents(site)) == Self.facts(first))
        let again = try await rollback(site, keeping, ["1", "--yes"])
        #expect(again.status == 0 && again.output.contains("0 objects to restore, 0 to delete"), "\(again)")
        #expect(try await rollback(site, keeping, ["99", "--yes"]).status == 1)
    }

    /// Killed in the middle, the same command goes on.
    @Test(arguments: Keeping.allCases) func aKilledRollbackIsTakenUp(_ keeping: Keeping) async throws {
        var (site, first) = try await site(keeping)
        // The state belongs to the endpoint, so the proxy has to be there from the start.
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        let state = ["--state", site.folder.path("elsewhere.state")]
        #expect(try await deploy(site, keeping, state).status == 0)
        first = try await Self.contents(site)
        try site.folder.write("333", to: "gallery/index.html")
        try site.folder.write("333", to: "gallery/a.txt")
        try site.folder.write("333", to: "gallery/newer.txt")
        #expect(try await deploy(site, keeping, state).status == 0)
        try await proxy.script(FaultProxy.Rule("stall-response", on: "CopyObject", skip: 1, times: -1))
        let words =
            ["rollback", "--yes"] + state + [site.source, "s3://\(site.bucket.name)/site", "--stall-timeout", "10m"]
            + (keeping == .trash ? Self.trash : [])
        let running = try site.start(words)
        _ = try await proxy.held()
        running.send(SIGKILL)
        _ = try await running.finish()
        try await proxy.script()
        try await proxy.release()
        let run = try await site.run(words)
        #expect(run.status == 0, "\(run)")
        #expect(try await Self.facts(Self.contents(site)) == Self.facts(first), "\(run)")
    }

    /// What a rollback would delete is guarded as a deploy's deletions are.
    @Test func deletionsAreGuarded() async throws {
        let site = try await Site(.files(["a.txt": "1"]), on: .radosgw)
        try await site.bucket.keepVersions()
        #expect(try await deploy(site, .versions).status == 0)
        for number in 0..<12 { try site.folder.write("1", to: "gallery/\(number).txt") }
        #expect(try await deploy(site, .versions).status == 0)
        let refused = try await rollback(site, .versions, ["--yes"])
        #expect(refused.status == 4 && refused.errors.contains("--max-delete 12"), "\(refused)")
        #expect(try await rollback(site, .versions, ["--yes", "--max-delete", "12"]).status == 0)
        #expect(try await site.bucket.keys() == ["site/a.txt", "site/m.json"])
    }

    /// Versions were not kept when it was replaced: what cannot be put back is said, and nothing is deleted in its place.
    @Test func whatWasNotKeptIsLost() async throws {
        let site = try await Site(.files(["a.txt": "1"]), on: .radosgw)
        #expect(try await deploy(site, .versions).status == 0)
        let nothing = try await rollback(site, .versions, ["--yes"])
        #expect(nothing.status == 4 && nothing.errors.contains("keeps no versions"), "\(nothing)")
        try site.folder.write("22", to: "gallery/a.txt")
        #expect(try await deploy(site, .versions).status == 0)
        try await site.bucket.keepVersions()
        let lost = try await rollback(site, .versions, ["--yes"])
        #expect(lost.status == 1 && lost.output.contains("lost     a.txt"), "\(lost)")
        #expect(try await site.bucket.body("site/a.txt") == Array("22".utf8))
    }

    @Test func aTrashThatAnybodyReadsIsRefused() async throws {
        let site = try await Site(.files(["a.txt": "1"]), on: .radosgw)
        try await site.bucket.publish()
        let run = try await deploy(site, .trash)
        #expect(run.status == 4 && run.errors.contains("could be read by anybody"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
        let inside = try await site.deploy(["--trash", "site"], prefix: "site")
        #expect(inside.status == 5 && inside.errors.contains("holds what is deployed"), "\(inside)")
    }

    /// In the deployed folder it is neither published, nor compared, nor deleted; and it is emptied in time.
    @Test func theTrashIsLeftAloneAndEmptied() async throws {
        let site = try await Site(.files(["a.txt": "1", "b.txt": "1"]), on: .ministack)
        let options = ["--delete", "--delete-excluded", "--trash", "site/kept"]
        #expect(try await site.deploy(options, prefix: "site").status == 0)
        try site.folder.write("22", to: "gallery/a.txt")
        #expect(try await site.deploy(options, prefix: "site").status == 0)
        let kept = try await site.bucket.keys().filter { $0.contains("/kept/") }
        #expect(kept.contains { $0.hasSuffix("/objects/a.txt") } && kept.count == 3, "\(kept)")
        // An unchanged night writes nothing.
        let before = try await site.bucket.snapshot()
        #expect(try await site.deploy(options, prefix: "site").status == 0)
        #expect(try await site.bucket.snapshot() == before)
        try site.folder.write("333", to: "gallery/a.txt")
        #expect(try await site.deploy(options + ["--keep", "1ms"], prefix: "site").status == 0)
        #expect(try await site.bucket.keys() == ["site/a.txt", "site/b.txt"])
    }

    @Test func whatDiffersIsTold() async throws {
        let (site, _) = try await site(.versions, .ministack)
        let destination = "s3://\(site.bucket.name)/site"
        func diff(_ words: String...) async throws -> Program.Run {
            try await site.run(["diff"] + words + [site.source, destination, "--manifest", "m.json"])
        }
        let runs = try await diff("1", "2")
        #expect(runs.status == 2 && runs.output.contains("+ new.txt (2 B)\n") && runs.output.contains("- gone.txt\n"), "\(runs)")
        #expect(runs.output.contains("~ a.txt headers") && runs.output.contains("~ index.html content"), "\(runs)")
        #expect(try await diff("2", "1").status == 64)
        let same = try await diff("published", "bucket")
        #expect(same.status == 0 && same.output == "no difference\n", "\(same)")
        try site.folder.write(Data(try await site.bucket.body("site/m.json")), to: "kept.json")
        try await site.bucket.put("site/a.txt", "other")
        try await site.bucket.delete("site/same.txt")
        let bucket = try await diff("kept.json", "bucket", "--format", "json")
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(bucket.output.utf8)) as? [String: Any])
        let changes = try #require(answer["changes"] as? [[String: Any]])
        #expect(bucket.status == 2 && changes.map { $0["key"] as? String } == ["site/a.txt", "site/same.txt"], "\(bucket)")
        try site.folder.write("{}", to: "wrong.json")
        #expect(try await diff("wrong.json", "bucket").status == 64)
        #expect(try await diff("nowhere.json", "bucket").status == 64)
    }
}
