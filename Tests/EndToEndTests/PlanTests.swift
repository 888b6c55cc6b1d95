import Foundation
import TestSupport
import Testing

/// A plan that is saved, looked at, and carried out as it is.
@Suite struct PlanTests {
    /// A site with something of everything to do.
    private func site(on server: S3Server) async throws -> Site {
        let site = try await Site(
            .files(["a.html": "old", "b.txt": "b", "photos/p.jpg": "no photo", "same.txt": "same"]), on: server)
        #expect(try await site.deploy().status == 0)
        try site.folder.write("new", to: "gallery/a.html")
        try site.folder.write("c", to: "gallery/c d ü.txt")
        try FileManager.default.removeItem(atPath: site.folder.path("gallery/b.txt"))
        return site
    }

    private func options(_ site: Site) -> [String] { ["--delete", "--cache-control", "max-age=7", "-n", "--plan-out", plan(site)] }

    private func plan(_ site: Site) -> String { site.folder.path("plan.json") }

    @Test(arguments: [S3Server.radosgw, .ministack]) func aPlanIsCarriedOutAsItIs(_ server: S3Server) async throws {
        let site = try await site(on: server)
        let before = try await site.bucket.snapshot()
        let planned = try await site.deploy(options(site) + ["--exit-code"])
        #expect(planned.status == 2 && planned.output.contains("plan saved; to carry it out: galleria-deploy apply "), "\(planned)")
        #expect(try await site.bucket.snapshot() == before)

        let document = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: plan(site)))) as? [String: Any]
        let targets = try #require(document?["targets"] as? [[String: Any]])
        let plan = try #require(targets.first?["plan"] as? [String: Any])
        let uploads = try #require(plan["uploads"] as? [[String: Any]])
        #expect(document?["schema"] as? String == "galleria-deploy/plan/1" && targets.count == 1)
        #expect(uploads.map { $0["path"] as? String } == ["a.html", "c d ü.txt"])
        #expect(uploads.map { $0["reason"] as? String } == ["content", "new"])
        #expect((uploads[0]["replaces"] as? [String: Any])?["etag"] as? String == before.first { $0.keyText == "a.html" }?.etag)
        #expect((plan["header_updates"] as? [Any])?.count == 2 && (plan["deletions"] as? [Any])?.count == 1)

        let applied = try await site.run(["apply", self.plan(site)])
        #expect(applied.status == 0, "\(applied)")
        #expect(try await site.bucket.holds(site.files()))
        for object in try await site.bucket.snapshot() { #expect(object.cacheControl == "max-age=7", "\(object)") }
        // Done is done: what was to be replaced is not there any more.
        let again = try await site.run(["apply", self.plan(site)])
        #expect(again.status == 4 && again.errors.contains("is not what the plan was made for"), "\(again)")
    }

    enum Move: String, CaseIterable, Sendable {
        case fileChanged, fileAdded, fileRemoved, sameSizeSameTime, objectReplaced, objectDeleted, headersAlone
    }

    @Test(arguments: Move.allCases) func whatMovedOnIsRefusedBeforeAnythingIsSent(_ move: Move) async throws {
        let site = try await site(on: .radosgw)
        #expect(try await site.deploy(options(site)).status == 0)
        var message = ""
        switch move {
        case .fileChanged:
            try site.folder.write("newer", to: "gallery/a.html")
            message = "a.html: is to be sent, but is not what it was"
        case .sameSizeSameTime:
            let path = site.folder.path("gallery/a.html")
            let time = try #require(FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
            try site.folder.write("NEW", to: "gallery/a.html")
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
            message = "a.html: is to be sent, but is not what it was"
        case .fileAdded:
            try site.folder.write("more", to: "gallery/more.txt")
            message = "more.txt: would now be sent, too"
        case .fileRemoved:
            try FileManager.default.removeItem(atPath: site.folder.path("gallery/c d ü.txt"))
            message = "c d ü.txt: is not to be sent any more"
        case .objectReplaced:
            try await site.bucket.put("a.html", "theirs")
            message = "a.html: is to be sent, but is not what it was"
        case .objectDeleted:
            try await site.bucket.delete("b.txt")
            message = "b.txt: is not to be deleted any more"
        case .headersAlone:
            try await site.bucket.put("same.txt", "other")
            message = "same.txt: would now be sent, too"
        }
        let before = try await site.bucket.snapshot()
        let run = try await site.run(["apply", plan(site), "--format", "json"])
        #expect(run.status == 4 && run.errors.contains(message), "\(run)")
        #expect(run.output.contains("\"exit_status\" : 4"), "\(run)")
        #expect(try await site.bucket.snapshot() == before)
    }

    /// The whole plan is judged before anything travels; what is written to after that is not in the plan, either.
    @Test func aFileThatChangesBeforeItsTurnIsNotSent() async throws {
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: (0..<9).map { ("\($0).txt", "\($0)") })), on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        #expect(try await site.deploy(["--jobs", "1", "-n", "--plan-out", plan(site)]).status == 0)
        try await recorder.gate()
        let running = try site.start(["apply", plan(site)])
        #expect(try await recorder.uploadArrived())
        try site.folder.write("other", to: "gallery/8.txt")
        try await recorder.open()
        let run = try await running.finish()
        #expect(run.status == 1 && run.errors.contains("8.txt: changed while it was being deployed"), "\(run)")
        #expect(try await site.bucket.keys() == (0..<8).map { "\($0).txt" })
    }

    @Test func aPlanOfSeveralTargetsIsCarriedOutByTheConfigurationThatMadeIt() async throws {
        let site = try await Site(.files(["pages/index.html": "p", "photos/a.txt": "a"]), on: .ministack)
        func configure(_ bucket: String) throws {
            try site.folder.write(
                """
                cors: off
                endpoint-url: \(site.place.endpoint)
                targets:
                  pages: {source: gallery/pages, destination: "s3://\(bucket)/site"}
                  photos: {source: gallery/photos, destination: "s3://\(bucket)/photos"}
                """, to: "galleria-deploy.yml")
        }
        try configure(site.bucket.name)
        #expect(try await site.run(["-n", "--plan-out", "plan.json"]).status == 0)
        try configure("elsewhere")
        let led = try await site.run(["apply", "plan.json"])
        #expect(led.status == 4 && led.errors.contains("its options now lead to s3://elsewhere/site/"), "\(led)")
        try configure(site.bucket.name)
        let applied = try await site.run(["apply", "plan.json"])
        #expect(applied.status == 0, "\(applied)")
        #expect(try await site.bucket.keys().sorted() == ["photos/a.txt", "site/index.html"])
    }

    @Test(
        arguments: [
            (["deploy", "--plan-out", "plan.json"], 64, "--plan-out goes with --dry-run"),
            (["deploy", "-n", "--plan-out", "gallery/plan.json"], 64, "--plan-out: gallery/plan.json lies in SOURCE"),
            (["apply", "missing.json"], 5, "missing.json cannot be read as a plan"),
            (["apply", "gallery/a.txt"], 5, "gallery/a.txt is no plan"),
            (["apply", "other.json"], 5, "other.json is a plan of another kind (galleria-deploy/plan/99)"),
            (["apply", "torn.json"], 5, "torn.json is damaged"),
            (["apply", "strange.json"], 5, "the plan's options are none of this program's"),
        ] as [([String], Int32, String)]) func whatIsNoPlanIsSaid(_ row: (words: [String], status: Int32, message: String)) async throws
    {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        try site.folder.write("{\"schema\": \"galleria-deploy/plan/99\"}", to: "other.json")
        try site.folder.write("{\"schema\": \"galleria-deploy/plan/1\"}", to: "torn.json")
        try site.folder.write(
            "{\"schema\": \"galleria-deploy/plan/1\", \"program\": \"\", \"created\": \"\", \"arguments\": [\"--frobnicate\"], \"targets\": []}",
            to: "strange.json")
        let places = row.words[0] == "deploy" ? [site.source, "s3://\(site.bucket.name)"] : []
        let run = try await site.run(row.words + places)
        #expect(run.status == row.status && run.errors.contains(row.message), "\(run)")
        #expect(try await site.bucket.keys() == [])
    }
}
