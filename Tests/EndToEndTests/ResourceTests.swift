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

    /// What is held of content on its way stays within `--buffer-memory`, whatever the number of requests, for many large files, for many small ones and for
    /// large ones in parts; what goes with a connection, and what is planned, comes on top.
    @Test(arguments: ["whole", "small", "parts"]) func bufferMemoryIsABound(_ kind: String) async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let swallow = try await Swallow()
        site.place = swallow.place
        let options = ["--path-style", "--no-state", "--jobs", "128", "--part-size", "5M"]
        let least = try #require(try await site.deploy(options, measured: true).cost).peakMiB
        let (count, size) = ["whole": (150, 4 << 20), "small": (300, 900 << 10), "parts": (6, 100 << 20)][kind] ?? (0, 0)
        for number in 0..<count {
            // Sparse: they take no room on the disk.
            try site.folder.write("", to: "gallery/\(number).bin")
            let file = try FileHandle(forWritingTo: URL(filePath: "\(site.source)/\(number).bin"))
            try file.truncate(atOffset: UInt64(size))
            try file.close()
        }
        let run = try await site.deploy(options + ["--buffer-memory", "8MB"], measured: true)
        #expect(run.status == 0, "\(run)")
        #expect(try await swallow.swallowed().bytes >= count * size)
        let cost = try #require(run.cost)
        // Without the bound it is 60 to 100 MB.
        #expect(cost.peakMiB <= least + 8 + 12, "\(least) \(cost)")
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
