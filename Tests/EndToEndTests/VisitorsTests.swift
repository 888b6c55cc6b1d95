import Foundation
import TestSupport
import Testing

/// What was deployed, seen as visitors see it.
@Suite struct VisitorsTests {
    private func site() async throws -> (site: Site, front: Front) {
        let site = try await Site(.fixtures, on: .radosgw)
        let front = try await Front(before: site.place)
        try site.folder.write(
            "cors: off\nendpoint-url: \(site.place.endpoint)\ndestination: s3://\(site.bucket.name)\nsource: gallery\ncdn-url: \(front.place.endpoint)/\(site.bucket.name)\n",
            to: "galleria-deploy.yml")
        return (site, front)
    }

    @Test func aPrivateBucketIsAWarningOrAFailure() async throws {
        let (site, _) = try await site()
        let warned = try await site.run([])
        #expect(warned.status == 0 && warned.errors.contains("the bucket is private (status 403)"), "\(warned)")
        #expect(warned.errors.contains("s3:GetObject"), "the way out\n\(warned)")
        let failed = try await site.run(["--check-public"])
        #expect(failed.status == 1 && failed.errors.contains("private"), "\(failed)")

        try await site.bucket.publish()
        let public_ = try await site.run(["--check-public"])
        #expect(public_.status == 0 && public_.errors.isEmpty, "\(public_)")
    }

    @Test func aNetworkThatRewritesPhotosIsTold() async throws {
        let (site, front) = try await site()
        try await site.bucket.publish()
        try await front.behave(["rewrites": 1])
        let run = try await site.run([])
        #expect(run.status == 0 && run.errors.contains("the CDN is stale or rewrites photos") && run.errors.contains(".jpg"), "\(run)")
        #expect(!run.errors.contains("index.html"), "the page is as it was deployed\n\(run)")
        let quiet = try await site.run([])
        #expect(quiet.status == 0 && quiet.errors.isEmpty, "nothing was sent, so nobody looks\n\(quiet)")
        #expect(try await site.run(["--check-public"]).status == 1)
    }

    @Test func aStaleNetworkIsTold() async throws {
        let (site, front) = try await site()
        try await site.bucket.publish()
        try await front.behave(["caches": 1])
        #expect(try await site.run(["--check-public"]).status == 0)
        try site.folder.write("<!doctype html><p>new", to: "gallery/index.html")
        let stale = try await site.run(["--check-public"])
        #expect(stale.status == 1 && stale.errors.contains("stale") && stale.errors.contains("4711 seconds old"), "\(stale)")
        try await front.behave([:])
        #expect(try await site.run(["--check-public"]).status == 0)
    }

    @Test(
        arguments: [
            (["status": 404], "there is nothing at that address"), (["status": 401], "private (status 401)"),
            (["status": 302, "headers": ["Location": "https://login.example/"]], "leads on to https://login.example/"),
            (["status": 418], "status 418"),
        ] as [(JSON, String)])
    func anythingElseIsTold(_ answer: JSON, _ words: String) async throws {
        let (site, front) = try await site()
        try await front.behave(["visitors": answer])
        let run = try await site.run(["--check-public"])
        #expect(run.status == 1 && run.errors.contains(words) && run.errors.contains("visitors do not see"), "\(run)")
    }

    @Test func anAddressThatDoesNotAnswerIsTold() async throws {
        let (site, front) = try await site()
        let file = site.folder.path("galleria-deploy.yml")
        let text = try String(contentsOfFile: file, encoding: .utf8).replacing(front.place.endpoint, with: "http://127.0.0.1:1")
        try site.folder.write(text, to: "galleria-deploy.yml")
        let run = try await site.run([])
        #expect(run.status == 0 && run.errors.contains("no answer (no connection") && run.errors.contains("cdn-url"), "\(run)")
        let probe = try await site.run(["cors", "probe", "index.html"])
        #expect(probe.status == 6 && probe.errors.contains("does not answer"), "\(probe)")
    }

    @Test func withoutANamedAddressOnlyTheFlagLooks() async throws {
        let site = try await Site(.files(["index.html": "<p>"]), on: .radosgw)
        let run = try await site.deploy()
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let flagged = try await site.deploy(["--check-public"])
        #expect(flagged.status == 1 && flagged.errors.contains("private"), "\(flagged)")
    }
}
