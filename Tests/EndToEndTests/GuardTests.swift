import Foundation
import TestSupport
import Testing

/// Plans that are refused as a whole, before the first byte.
@Suite struct GuardTests {
    private static func site() async throws -> (Site, FaultProxy) {
        var site = try await Site(
            .files(Dictionary(uniqueKeysWithValues: (0..<10).map { ("f\($0).txt", "new content \($0)") })), on: .radosgw)
        for number in 0..<6 { try await site.bucket.put("f\(number).txt", "old") }
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        return (site, proxy)
    }

    /// Six objects are in the bucket, all of which would be replaced; four files are new, which count nothing.
    @Test(arguments: [("6", 0), ("5", 4), ("100%", 0), ("99%", 4), ("0", 4)] as [(String, Int32)])
    func overwritesAreLimited(_ limit: String, _ status: Int32) async throws {
        let (site, proxy) = try await Self.site()
        let before = try await site.bucket.snapshot()
        let run = try await site.deploy(["--max-overwrite", limit])
        #expect(run.status == status, "\(run)")
        if status == 4 {
            #expect(run.errors.contains("--max-overwrite 6"), "\(run)")
            #expect(try await site.bucket.snapshot() == before)
            #expect(try await proxy.log().allSatisfy { ["ListObjectsV2", "HeadObject"].contains($0.operation) })
        } else {
            #expect(try await site.bucket.holds(site.files()))
        }
    }

    @Test func withoutTheOptionAnyNumberIsReplaced() async throws {
        let (site, _) = try await Self.site()
        #expect(try await site.deploy().status == 0)
        #expect(try await site.bucket.holds(site.files()))
    }

    /// The source is there when the run begins and gone, with everything in it, while the bucket is still being listed.
    @Test(arguments: [true, false]) func aSourceThatVanishesDeletesNothing(_ isRenamed: Bool) async throws {
        let (site, proxy) = try await Self.site()
        let before = try await site.bucket.snapshot()
        try await proxy.script(FaultProxy.Rule("hold", on: "ListObjectsV2"))
        let running = try site.startDeploy(["--delete", "--max-delete", "100%"])
        #expect(try await proxy.held() == 1)
        if isRenamed {
            try FileManager.default.moveItem(atPath: site.source, toPath: site.source + "-away")
        } else {
            try FileManager.default.removeItem(atPath: site.source)
        }
        try await proxy.release()
        let run = try await running.finish()
        #expect(run.status == 4 && run.errors.contains("Nothing was sent"), "\(run)")
        #expect(try await site.bucket.snapshot() == before)
    }

    /// A site at the root and photos below it, as two targets, each with `--delete`: in whichever order they run, and once both have run.
    @Test func twoTargetsOfOneRunNeverDeleteEachOthersKeys() async throws {
        let site = try await Site(
            .files(["pages/index.html": "p", "pages/about.html": "a", "photos/1.txt": "1", "photos/2.txt": "2"]), on: .radosgw)
        try site.folder.write(
            """
            cors: off
            delete: true
            max-delete: 100%
            endpoint-url: \(site.place.endpoint)
            targets:
              site:
                source: gallery/pages
                destination: s3://\(site.bucket.name)
              photos:
                source: gallery/photos
                destination: s3://\(site.bucket.name)/photos
            """, to: "galleria-deploy.yml")
        let all: Set = ["about.html", "index.html", "photos/1.txt", "photos/2.txt"]
        for targets in [[], ["photos"], ["site"], ["photos", "site"], []] {
            let run = try await site.run(targets)
            #expect(run.status == 0, "\(run)")
            if targets != ["photos"] || !run.output.isEmpty { #expect(Set(try await site.bucket.keys()) == all, "\(targets) \(run)") }
        }
        try FileManager.default.removeItem(atPath: "\(site.source)/photos/1.txt")
        try FileManager.default.removeItem(atPath: "\(site.source)/pages/about.html")
        #expect(try await site.run([]).status == 0)
        #expect(Set(try await site.bucket.keys()) == ["index.html", "photos/2.txt"])
    }
}
