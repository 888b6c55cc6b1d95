import Foundation
import TestSupport
import Testing

/// Two whole runs at once, of one gallery to one destination.
@Suite struct TwoRunsTests {
    private static let files = Dictionary(uniqueKeysWithValues: (0..<200).map { ("album \($0 % 5)/\($0).txt", "content of \($0)") })

    /// On one machine they share a state, and a lock keeps them apart: the second waits and finds nothing to do.
    @Test func onOneMachineTheSecondSendsNothing() async throws {
        var site = try await Site(.files(Self.files), on: .ministack)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let runs = try [site.startDeploy(["--wait-lock", "10m"]), site.startDeploy(["--wait-lock", "10m"])]
        for run in runs {
            let ended = try await run.finish()
            #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended)")
        }
        #expect(try await recorder.log().count { $0.operation == "PutObject" } == Self.files.count)
        #expect(try await site.bucket.holds(site.files()))
        let again = try await site.deploy()
        #expect(again.status == 0 && again.output.contains("200 unchanged"), "\(again)")
    }

    /// Two machines know nothing of each other: both deploy, and the bucket is the folder all the same. So it is with two that share a state and have no
    /// common place for a lock.
    @Test(arguments: [true, false]) func onTwoMachinesTheBucketEndsAsTheFolder(_ sharesState: Bool) async throws {
        let site = try await Site(.files(Self.files), on: .ministack)
        for n in stride(from: 0, to: 100, by: 5) {
            try await site.bucket.put("album 0/\(n).txt", "an earlier one", metadata: RealBucket.deployed)
        }
        try await site.bucket.put("old.txt", "gone", metadata: RealBucket.deployed)
        let options = ["--delete"] + (sharesState ? ["--state", site.folder.path("shared.galleria-state")] : [])
        let runs = try ["one", "two"].map { home in
            try FileManager.default.createDirectory(atPath: site.folder.path(home), withIntermediateDirectories: true)
            return try site.startDeploy(options, environment: ["HOME": site.folder.path(home)])
        }
        for run in runs {
            let ended = try await run.finish()
            #expect(ended.status == 0, "\(ended)")
        }
        #expect(try await site.bucket.holds(site.files()))
        for home in ["one", "two"] {
            let again = try await site.deploy(options, environment: ["HOME": site.folder.path(home)])
            #expect(again.status == 0 && again.output.contains("200 unchanged"), "\(again)")
        }
    }
}
