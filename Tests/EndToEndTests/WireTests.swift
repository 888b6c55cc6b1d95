import Foundation
import TestSupport
import Testing

/// What goes over the wire besides the deploy itself: finding the region, and showing it all with `-vv`.
@Suite struct WireTests {
    @Test func theRegionIsAskedForOnceAndRemembered() async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let unsaid = ["AWS_REGION": ""]
        let first = try await site.deploy(environment: unsaid)
        #expect(first.status == 0, "\(first)")
        // Ceph tells its region to GetBucketLocation only.
        #expect(try await recorder.log().map(\.operation) == ["HeadBucket", "GetBucketLocation", "ListObjectsV2", "PutObject"])
        let second = try await site.deploy(environment: unsaid)
        #expect(second.status == 0, "\(second)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
        let said = try await site.deploy(environment: ["AWS_REGION": "us-east-1"])
        #expect(said.status == 0, "\(said)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
    }

    @Test func verboseTwiceShowsRequestsAndNoSecret() async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(["-vv"])
        #expect(run.status == 0, "\(run)")
        for shown in [
            "#1 > GET \(site.place.endpoint)/\(site.bucket.name)?", "> PUT \(site.place.endpoint)/\(site.bucket.name)/a.txt", "#1 < 200",
            "Signature=[cut]",
        ] {
            #expect(run.errors.contains(shown), "\(shown)\n\(run)")
        }
        let sent = try await recorder.log()
        let signatures = sent.compactMap { $0.headers["authorization"]?.split(separator: "Signature=").last.map(String.init) }
        #expect(signatures.count == sent.count && signatures.allSatisfy { $0.count == 64 })
        for secret in signatures + [site.place.secret, site.place.access] { #expect(!run.description.contains(secret), "\(secret)") }
        // Once shows files only.
        let once = try await site.deploy(["-v"])
        #expect(once.status == 0 && !once.description.contains("> GET"), "\(once)")
    }

    @Test(arguments: ["check", "show", "plan", "apply", "probe"]) func verboseTwiceShowsTheRequestsOfCORS(_ command: String) async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try await site.bucket.put("a.txt", "a")
        try await site.bucket.setCORS([CORSTests.sufficient])
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let words = ["cors", command, "s3://\(site.bucket.name)"]
        let run = try await site.run(words + ["-vv"])
        // What is probed are the answers to a visitor, whom the new bucket shows nothing.
        #expect(run.status == (command == "probe" ? 3 : 0), "\(run)")
        let bucket = "\(site.place.endpoint)/\(site.bucket.name)"
        let asked = command == "probe" ? "#2 > GET \(bucket)/a.txt" : "#1 > GET \(bucket)?cors"
        for shown in [asked, "#1 < 200", "Signature=[cut]"] { #expect(run.errors.contains(shown), "\(shown)\n\(run)") }
        let signatures = try await recorder.log().compactMap {
            $0.headers["authorization"]?.split(separator: "Signature=").last.map(String.init)
        }
        #expect(!signatures.isEmpty && signatures.allSatisfy { $0.count == 64 })
        for secret in signatures + [site.place.secret, site.place.access] { #expect(!run.description.contains(secret), "\(secret)") }
        let quiet = try await site.run(words + ["-v"])
        #expect(quiet.status == run.status && quiet.output == run.output && !quiet.errors.contains("> "), "\(quiet)")
    }
}
