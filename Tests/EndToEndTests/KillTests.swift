import Foundation
import Glibc
import TestSupport
import Testing

/// A run that is killed at any moment leaves nothing that the next run does not put right.
@Suite struct KillTests {
    @Test func afterFiftyKillsTheBucketIsTheFolder() async throws {
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: (0..<60).map { ("f\($0).txt", "") })), on: .ministack)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        var killed = 0
        for seed in 0..<50 {
            let changed = (0..<60).filter { (seed * 31 + $0 * 17) % 3 == 0 }
            for n in changed {
                // Of one size, so that only the bytes tell; new every time, so that each has to be sent.
                let text = "\(seed)-\(n)"
                try site.folder.write(text + String(repeating: ".", count: 500 - text.utf8.count), to: "gallery/f\(n).txt")
            }
            _ = try await recorder.log()
            let running = try site.start([site.source, "s3://\(site.bucket.name)", "--no-cors-check", "--jobs", "4"])
            // One request more than files are sent in any case, so this many are sure to come.
            let limit = seed * 7919 % (changed.count + 1)
            var seen = 0
            while seen < limit { seen += try await recorder.log().count }
            running.send(SIGKILL)
            // On a busy machine a run may end before the signal reaches it.
            if try await running.finish().status == 128 + SIGKILL { killed += 1 }
        }
        #expect(killed > 0)
        let run = try await site.deploy()
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let files = try site.files()
        #expect(Set(try await site.bucket.keys()) == Set(files.keys))
        for (key, content) in files { #expect(try await site.bucket.body(key) == [UInt8](content), "\(key)") }
        _ = try await recorder.log()
        #expect(try await site.deploy().status == 0)
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
    }
}
