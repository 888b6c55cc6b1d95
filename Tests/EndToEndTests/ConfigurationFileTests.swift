import Foundation
import TestSupport
import Testing

/// The configuration file as a user lives with it.
@Suite struct ConfigurationFileTests {
    @Test func severalTargetsAreDeployedInOrder() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        try site.folder.write(
            """
            cors: off
            endpoint-url: \(site.place.endpoint)
            targets:
              pages:
                source: gallery/assets
                destination: s3://\(site.bucket.name)/site
              photos:
                source: gallery/photos
                destination: s3://\(site.bucket.name)/photos
            """, to: "galleria-deploy.yml")
        let one = try await site.run(["pages"])
        #expect(one.status == 0, "\(one)")
        #expect(Set(try await site.bucket.keys()) == ["site/compass.png", "site/style.css"])
        let all = try await site.run([])
        #expect(all.status == 0, "\(all)")
        #expect(try await site.bucket.keys().filter { $0.hasPrefix("photos/") }.count == 13)
        let unknown = try await site.run(["fotos"])
        #expect(unknown.status == 64 && unknown.errors.contains("Did you mean galleria-deploy photos?"), "\(unknown)")
    }

    @Test func aTargetNeverDeletesWhatAnotherDeployed() async throws {
        let site = try await Site(.files(["pages/index.html": "p", "photos/a.txt": "a", "photos/b.txt": "b"]), on: .ministack)
        try site.folder.write(
            """
            cors: off
            delete: true
            max-delete: 100%
            endpoint-url: \(site.place.endpoint)
            targets:
              photos:
                source: gallery/photos
                destination: s3://\(site.bucket.name)/site/photos
              pages:
                source: gallery/pages
                destination: s3://\(site.bucket.name)/site
            """, to: "galleria-deploy.yml")
        #expect(try await site.run(["photos"]).status == 0)
        try await site.bucket.put("site/old.html", "old", metadata: RealBucket.deployed)
        let run = try await site.run(["pages"])
        #expect(run.status == 0, "\(run)")
        #expect(Set(try await site.bucket.keys()) == ["site/index.html", "site/photos/a.txt", "site/photos/b.txt"], "\(run)")
    }

    @Test func theFilesThatARunIsMadeOfAreNotPublished() async throws {
        let site = try await Site(.files(["a.txt": "a", "settings.txt": "", "times.csv": "path,capture time\n"]), on: .ministack)
        try site.folder.write(
            "endpoint-url: \(site.place.endpoint)\ncors: off\nsource: .\ndestination: s3://\(site.bucket.name)\ncapture-times: times.csv\n",
            to: "gallery/settings.txt")
        let run = try await site.run(["--config", "gallery/settings.txt"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt"])
        #expect(run.output.contains("galleria-deploy's own files"), "\(run)")
    }

    @Test func aFaultNamesItsPlaceAndSendsNothing() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        try site.folder.write("source: gallery\ndestination: s3://\(site.bucket.name)\nclock-shft: 1h\n", to: "galleria-deploy.yml")
        let run = try await site.run([])
        #expect(run.status == 5, "\(run)")
        #expect(run.errors.contains("galleria-deploy.yml:3:1") && run.errors.contains("clock-shift"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
    }
}
