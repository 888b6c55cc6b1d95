import Foundation
import TestSupport
import Testing

@Suite struct ShardDeployTests {
    private func site() async throws -> Site {
        let site = try await Site(
            .files(Dictionary(uniqueKeysWithValues: (0..<40).map { ("album \($0 % 3)/\($0).txt", "\($0)") } + [("index.html", "i")])),
            on: .ministack)
        for number in 0..<9 { try await site.bucket.put("old/\(number)", "remote", metadata: RealBucket.deployed) }
        return site
    }

    @Test(arguments: 1...7) func theUnionOfThePartsIsTheWhole(_ count: Int) async throws {
        let site = try await site()
        var sent = 0
        for number in 1...count {
            let run = try await site.deploy(["--delete", "--shard", "\(number)/\(count)"])
            #expect(run.status == 0, "\(run)")
            let line = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("uploaded") })
            sent += try #require(Int(line.split(separator: " ")[1]))
            // No part touches what belongs to another: only at the end is everything there, and everything else gone.
            let keys = try await site.bucket.keys()
            #expect(number == count || keys.contains { $0.hasPrefix("old/") } || keys.count < 41)
        }
        #expect(sent == 41)
        #expect(Set(try await site.bucket.keys()) == Set(try site.files().keys))
        // One state serves all parts of a machine: none forgets what another has learnt.
        var place = site
        let recorder = try await Recorder(before: site.place)
        place.place = recorder.place
        let whole = try await place.deploy(["--no-state"])
        #expect(whole.status == 0 && whole.output.contains("skipped         41 unchanged"), "\(whole)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
    }

    @Test(arguments: ["0/3", "4/3", "x", "1/0"]) func anotherFormIsWrongUsage(_ value: String) async throws {
        let run = try await Program.run([Executable.path, "gallery", "s3://bucket", "--shard", value])
        #expect(run.status == 64, "\(run)")
    }
}
