import Foundation
import TestSupport
import Testing

/// Folders that cannot be read, or whose disk stands still: what they hold is unknown, the others are deployed, and nothing is deleted.
@Suite struct StalledFolderTests {
    /// A call that never comes back, or fails, and the path that is told of.
    struct Stand: CustomTestStringConvertible, Sendable {
        let call: String
        let path: String
        var fault = FailingDisk.Fault.stall

        var testDescription: String { "\(fault) \(call)" }

        /// What is said of it.
        func isTold(in text: String) -> Bool {
            let why = text.split(separator: "\n").first { $0.hasPrefix("failed: \(path)") } ?? ""
            return fault == .fail
                ? why.contains("Input/output error") : why.contains("could not be read for 10 s: its disk or network drive")
        }
    }

    static let stands = [
        Stand(call: "open:b", path: "b"), Stand(call: "list:b", path: "b"), Stand(call: "open:b/deep", path: "b/deep"),
        // A link into a disk that stands still costs what it leads to, and not the folder that it lies in.
        Stand(call: "stat:b", path: "b"),
        Stand(call: "open:b", path: "b", fault: .fail), Stand(call: "list:b", path: "b", fault: .fail),
    ]

    private static let options = ["--stall-timeout", "5s", "--delete"]

    private static func site(_ stand: Stand) async throws -> Site {
        let site = try await Site(
            .files(["a.txt": "a", "b-c.txt": "b", "c/d.txt": "d", "z.txt": "z"]), on: .radosgw)
        let real = stand.call.hasPrefix("stat:") ? "other" : "gallery/b"
        for (name, text) in [("one.txt", "1"), ("deep/two.txt", "2")] { try site.folder.write(text, to: "\(real)/\(name)") }
        if real == "other" {
            try FileManager.default.createSymbolicLink(atPath: "\(site.source)/b", withDestinationPath: site.folder.path("other"))
        }
        return site
    }

    @Test(arguments: stands) func costsWhatItHolds(_ stand: Stand) async throws {
        let site = try await Self.site(stand)
        let held = ["b/one.txt", "b/deep/two.txt"]
        // The first cannot be told from what is extraneous without reading the folder; the last really is.
        for key in held + ["b/deep/old.txt", "old.txt"] { try await site.bucket.put(key, "before", metadata: RealBucket.deployed) }
        let disk = try await FailingDisk(stand.fault, ofFolders: [stand.call], in: site.folder)
        let plan = try await site.deploy(Self.options + ["--dry-run", "--format", "json"], environment: disk.environment)
        #expect(plan.status == 1 && !plan.output.contains("b/deep/") && plan.output.contains("old.txt"), "\(plan)")
        let run = try await site.deploy(Self.options, environment: disk.environment)
        #expect(run.status == 1 && stand.isTold(in: run.errors), "\(run)")
        let keys = try await Set(site.bucket.keys())
        #expect(keys == Set(held + ["b/deep/old.txt", "old.txt", "a.txt", "b-c.txt", "c/d.txt", "z.txt"]), "\(run)")
        #expect(try await site.bucket.body("b/deep/two.txt") == [UInt8]("before".utf8))
        #expect(try await site.bucket.body("b/one.txt") == [UInt8]((stand.path == "b" ? "before" : "1").utf8))

        let again = try await site.deploy(Self.options)
        #expect(again.status == 0, "\(again)")
        var files = try site.files()
        for (name, text) in [("b/one.txt", "1"), ("b/deep/two.txt", "2")] { files[name] = Data(text.utf8) }
        #expect(try await site.bucket.holds(files))
    }

    /// Three places that stand still, or the source's own folder: then nothing is sent.
    @Test(arguments: [["list:gallery"], ["open:a", "open:b", "open:c"]]) func thatIsTheSourceEndsTheRun(_ calls: [String]) async throws {
        let site = try await Site(.files(["0.txt": "0", "a/1.txt": "1", "b/2.txt": "2", "c/3.txt": "3", "d/4.txt": "4"]), on: .radosgw)
        try await site.bucket.put("old.txt", "old", metadata: RealBucket.deployed)
        let disk = try await FailingDisk(.stall, ofFolders: calls, in: site.folder)
        let run = try await site.deploy(Self.options, environment: disk.environment)
        #expect(
            run.status == 4 && run.errors.contains("refused: the source stands still (\(calls.count == 1 ? "its own folder" : "a"))"),
            "\(run)")
        #expect(try await site.bucket.keys() == ["old.txt"])
    }

    @Test func thatCannotBeOpenedIsNoSource() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let disk = try await FailingDisk(.stall, ofFolders: ["open:gallery"], in: site.folder)
        let run = try await site.deploy(Self.options, environment: disk.environment)
        #expect(run.status == 4 && run.errors.contains("could not be opened for 10 s"), "\(run)")
    }

    /// What it says is left out might be published otherwise.
    @Test func withAFilterEndsTheRun() async throws {
        let site = try await Site(.files(["a.txt": "a", "b/.galleria-ignore": "secret\n", "b/secret": "s"]), on: .radosgw)
        let disk = try await FailingDisk(.stall, ofFolders: ["open:b/.galleria-ignore"], in: site.folder)
        let run = try await site.deploy(Self.options, environment: disk.environment)
        #expect(run.status == 5 && run.errors.contains("b/.galleria-ignore could not be read for 10 s"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
    }

    /// The run waits for ten minutes here; a signal ends it all the same.
    @Test(arguments: ["list:gallery", "open:b"]) func anInterruptionEndsIt(_ call: String) async throws {
        let site = try await Site(.files(["a.txt": "a", "b/1.txt": "1"]), on: .radosgw)
        let disk = try await FailingDisk(.stall, ofFolders: [call], in: site.folder)
        let running = try site.startDeploy(environment: disk.environment)
        try await until { disk.wasMet }
        running.send(SIGINT)
        let run = try await running.finish()
        #expect(run.status == 130, "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
    }

    @Test func othersThatWalkEndToo() async throws {
        let site = try await Site(.files(["a.txt": "a", "b/1.txt": "1", "c.txt": "c"]), on: .radosgw)
        #expect(try await site.deploy().status == 0)
        let disk = try await FailingDisk(.stall, ofFolders: ["open:b"], in: site.folder)
        let bucket = "s3://\(site.bucket.name)"
        for words in [
            ["verify", site.source, bucket], ["ls-local", site.source, bucket], ["check", site.source], ["pull", bucket, site.source],
        ] {
            let run = try await site.run(words + ["--stall-timeout", "5s"], environment: disk.environment)
            #expect(run.status == 1 && Stand(call: "", path: "b").isTold(in: run.errors), "\(words) \(run)")
            #expect(!run.output.contains("extra  "), "\(run)")
        }
        #expect(try site.files().count == 3)
    }
}
