import Foundation
import TestSupport
import Testing

/// The proof: a real browser opens a gallery's page of one origin that reads photos and data from a bucket of another. Without Chromium this fails:
/// a proof that is skipped is none.
@Suite struct BrowserTests {
    private static let photo = "photos/Moonrise.jpg"

    @Test func aPageReadsTheGalleryAfterSetupAndNotBefore() async throws {
        let site = try await Site(.fixtures, on: .radosgw)
        try await site.bucket.publish()
        let browser = try await Browser()
        let base = "\(site.place.endpoint)/\(site.bucket.name)/"
        #expect(!browser.page.hasPrefix(site.place.endpoint))

        #expect(try await site.deploy().status == 0)
        let before = try await browser.look(at: base, photo: Self.photo, data: "gallery.json")
        #expect(before.photo.error?.contains("Failed to fetch") == true, "\(before)")
        #expect(before.data.error?.contains("Failed to fetch") == true, "\(before)")
        #expect(before.canvas.error != nil, "\(before)")
        // The bucket is public and the photo is there: it was CORS alone.
        #expect(before.plain.width == 384, "\(before)")

        let run = try await site.deploy(["--setup-cors"], checkingCORS: true)
        #expect(run.status == 0 && run.output.contains("CORS: a browser reads \(base)"), "\(run)")
        let after = try await browser.look(at: base, photo: Self.photo, data: "gallery.json")
        let object = try await site.bucket.object(Self.photo)
        #expect(after.photo.status == 200 && after.photo.etag == "\"\(object.etag)\"" && after.photo.size == object.size, "\(after)")
        #expect(after.data.status == 200 && after.data.members?.contains("photos") == true, "\(after)")
        #expect(after.canvas.error == nil && after.canvas.width == 384 && after.canvas.height == 256, "\(after)")
        #expect(after.canvas.shades ?? 0 > 16 && after.canvas.url == "data:image/png;base64,", "\(after)")
    }

    /// What the probe says and what the browser does are one.
    @Test func theProbeSaysWhatTheBrowserDoes() async throws {
        let site = try await Site(.fixtures, on: .radosgw)
        try await site.bucket.publish()
        #expect(try await site.deploy().status == 0)
        let browser = try await Browser()
        let origin = String(browser.page.dropLast())
        let base = "\(site.place.endpoint)/\(site.bucket.name)/"
        let sets: [(name: String, rules: [JSON], reads: Bool)] = [
            ("ours", [CORSTests.sufficient], true),
            (
                "another origin's",
                [
                    [
                        "AllowedOrigins": ["https://else.example"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"],
                        "ExposeHeaders": ["ETag"],
                    ]
                ],
                false
            ),
            (
                "no request headers", [["AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"], "ExposeHeaders": ["ETag"]]], false
            ),
        ]
        for set in sets {
            try await site.bucket.setCORS(set.rules)
            let look = try await browser.look(at: base, photo: Self.photo, data: "gallery.json")
            #expect((look.photo.status == 200) == set.reads, "\(set.name): \(look)")
            let probe = try await site.run(["cors", "probe", "s3://\(site.bucket.name)", Self.photo, "--origin", origin])
            #expect(probe.status == (set.reads ? 0 : 3), "\(set.name): \(probe)")
        }
    }
}
