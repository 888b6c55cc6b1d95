import Foundation
import TestSupport
import Testing

/// Numbers: memory, and uploads at work at once.
@Suite struct ResourceTests {
    @Test func memoryDoesNotGrowWithAFile() async throws {
        let size = 3 << 30
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let swallow = try await Swallow()
        site.place = swallow.place
        // Sparse: three gigabytes that take no room on the disk.
        let path = "\(site.source)/film.mp4"
        try site.folder.write("", to: "gallery/film.mp4")
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.truncate(atOffset: UInt64(size))
        try file.close()
        let run = try await site.deploy(["--path-style"], measured: true)
        #expect(run.status == 0, "\(run)")
        let swallowed = try await swallow.swallowed()
        #expect(swallowed.bytes >= size)
        let cost = try #require(run.cost)
        #expect(cost.peakMiB <= 64, "\(cost)")
    }

    @Test func contentIsSentNoFasterThanAsked() async throws {
        let text = String(repeating: "0123456789abcdef", count: 8 << 10)
        let site = try await Site(.files(Dictionary(uniqueKeysWithValues: (0..<12).map { ("\($0).txt", text) })), on: .rclone)
        let began = ContinuousClock.now
        let run = try await site.deploy(["--bwlimit", "512"])
        // 12 files of 128 KiB at 512 KiB a second, of which a quarter of a second's worth and one file may go ahead.
        #expect(ContinuousClock.now - began >= .seconds(2.4))
        #expect(run.status == 0, "\(run)")
    }

    @Test(arguments: [1, 4, 16])
    func exactlySoManyUploadsAreAtWorkAtOnce(_ jobs: Int) async throws {
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: (0..<48).map { ("\($0).txt", "\($0)") })), on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        try await recorder.hold(untilAtWork: jobs)
        let run = try await site.deploy(["--jobs", "\(jobs)"])
        #expect(run.status == 0, "\(run)")
        #expect(try await recorder.peak() == jobs)
        #expect(try await recorder.log().count { $0.operation == "PutObject" } == 48)
    }
}
