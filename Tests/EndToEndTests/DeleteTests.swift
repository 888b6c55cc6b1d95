import Foundation
import TestSupport
import Testing

@Suite struct DeleteTests {
    private func remove(_ site: Site, _ path: String) throws { try FileManager.default.removeItem(atPath: "\(site.source)/\(path)") }

    @Test func removesWhatNoFileHasBelowThePrefixOnly() async throws {
        let site = try await Site(.files(["a.txt": "a", "b/c.txt": "c", "index.html": "i"]), on: .radosgw)
        for key in ["photos/old.txt", "photos/b/old.txt", "photos/zzz", "photos-old/x", "photosx", "other", "photo"] {
            try await site.bucket.put(key, "remote", metadata: RealBucket.deployed)
        }
        let run = try await site.deploy(["--delete"], prefix: "photos")
        #expect(run.status == 0, "\(run)")
        #expect(
            try await site.bucket.keys() == [
                "other", "photo", "photos-old/x", "photos/a.txt", "photos/b/c.txt", "photos/index.html", "photosx",
            ])
    }

    @Test func withoutTheOptionNothingIsRemoved() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try await site.bucket.put("old.txt", "remote")
        let run = try await site.deploy()
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt", "old.txt"])
    }

    @Test func siblingPrefixIsNotEvenListed() async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try await site.bucket.put("photos-old/x", "remote")
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        #expect(try await site.deploy(["--delete"], prefix: "photos").status == 0)
        let listings = try await recorder.log().filter { $0.operation == "ListObjectsV2" }
        #expect(!listings.isEmpty && listings.allSatisfy { $0.target.contains("prefix=photos%2F") }, "\(listings.map(\.target))")
    }

    @Test func moreThanAQuarterIsRefusedBeforeAnythingIsSent() async throws {
        let site = try await Site(.files(["a.txt": "changed", "new.txt": "new"]), on: .radosgw)
        try await site.bucket.put("a.txt", "a")
        for number in 1...11 { try await site.bucket.put("old/\(number)", "remote") }
        let before = try await site.bucket.snapshot()
        let run = try await site.deploy(["--delete"])
        #expect(run.status == 4, "\(run)")
        #expect(try await site.bucket.snapshot() == before)
    }

    @Test(arguments: [["--delete"], ["--delete", "--dry-run"]])
    func emptySourceIsRefused(_ options: [String]) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try remove(site, "a.txt")
        try await site.bucket.put("old.txt", "remote")
        let run = try await site.deploy(options)
        #expect(run.status == 4, "\(run)")
        #expect(try await site.bucket.keys() == ["old.txt"])
    }

    @Test func nothingIsRemovedAfterAFailure() async throws {
        let site = try await Site(.files(["a.txt": "a", "empty.jpg": ""]), on: .radosgw)
        try await site.bucket.put("old.txt", "remote", metadata: RealBucket.deployed)
        let run = try await site.deploy(["--delete"])
        #expect(run.status == 1, "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt", "old.txt"])
    }

    @Test func moreThanAThousandInBatches() async throws {
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: (0..<40).map { ("keep/\($0).txt", "\($0)") })), on: .ministack)
        #expect(try await site.deploy().status == 0)
        try site.folder.write("x", to: "gallery/x")
        // Put by the program itself, which is faster than one by one.
        for number in 0..<1005 { try site.folder.write("\(number)", to: "gallery/gone/\(number)") }
        for number in 0..<3100 { try site.folder.write("\(number)", to: "gallery/stay/\(number)") }
        #expect(try await site.deploy().status == 0)
        try remove(site, "gone")
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(["--delete"])
        #expect(run.status == 0, "\(run)")
        let log = try await recorder.log()
        #expect(log.count { $0.operation == "DeleteObjects" } == 2)
        // Five pages, and one more where the files are a poor guess of where the pages end.
        #expect((5...6).contains(log.count { $0.operation == "ListObjectsV2" }))
        #expect(try await site.bucket.listing().count == 40 + 1 + 3100)
    }

    @Test(arguments: [["--delete"], ["--delete", "--dry-run"]])
    func whatOthersPutThereIsNotRemovedUnasked(_ options: [String]) async throws {
        var site = try await Site(.files(["a.txt": "a", "new.txt": "new"]), on: .radosgw)
        for key in ["ours/1.txt", "ours/2.txt"] { try await site.bucket.put(key, "remote", metadata: RealBucket.deployed) }
        try await site.bucket.put("theirs.txt", "remote", metadata: ["mtime": "1"])
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(options)
        #expect(run.status == 4 && run.errors.contains("theirs.txt") && run.errors.contains("--adopt"), "\(run)")
        #expect(!run.errors.contains("ours/"), "\(run)")
        #expect(Set(try await recorder.log().map(\.method)).isSubset(of: ["GET", "HEAD"]))
        let adopting = try await site.deploy(options + ["--adopt"])
        #expect(adopting.status == 0, "\(adopting)")
        if !options.contains("--dry-run") { #expect(try await site.bucket.keys() == ["a.txt", "new.txt"]) }
    }

    /// What the local state has seen equal to a file is known, whoever put it there.
    @Test func whatTheStateKnowsIsRemovedWithoutAsking() async throws {
        var site = try await Site(.files(["a.txt": "a", "b.txt": "b"]), on: .radosgw)
        for key in ["a.txt", "b.txt"] { try await site.bucket.put(key, String(key.prefix(1))) }
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        #expect(try await site.deploy().status == 0)
        try remove(site, "b.txt")
        let run = try await site.deploy(["--delete"])
        #expect(run.status == 0, "\(run)")
        #expect(try await !recorder.log().contains { $0.operation == "HeadObject" })
        #expect(try await site.bucket.keys() == ["a.txt"])
    }
}
