import TestSupport
import Testing

/// What a browser gets from the public address, whatever the rules say.
@Suite struct CORSProbeTests {
    static let two: [JSON] = [
        [
            "AllowedOrigins": ["https://one.example", "https://two.example"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag"], "MaxAgeSeconds": 3600,
        ]
    ]

    private func site(_ server: S3Server = .radosgw) async throws -> Site {
        let site = try await Site(.files(["index.html": "<p>", "a.jpg": "not really"]), on: server)
        try await site.bucket.put("a.jpg", "a photo", contentType: "image/jpeg")
        return site
    }

    private func configure(_ site: Site, _ settings: String) throws {
        try site.folder.write(
            "endpoint-url: \(site.place.endpoint)\ndestination: s3://\(site.bucket.name)\nsource: gallery\n\(settings)\n",
            to: "galleria-deploy.yml")
    }

    @Test(arguments: ["radosgw", "ministack"]) func everyHeaderIsJudged(_ server: String) async throws {
        let site = try await site(server == "radosgw" ? .radosgw : .ministack)
        try await site.bucket.publish()
        let before = try await site.run(["cors", "probe", "s3://\(site.bucket.name)"])
        #expect(before.status == 3 && before.output.contains("FAIL"), "\(before)")
        let applied = try await site.run(["cors", "apply", "s3://\(site.bucket.name)"])
        #expect(applied.status == 0, "\(applied)")
        let after = try await site.run(["cors", "probe", "s3://\(site.bucket.name)"])
        #expect(after.status == 0 && !after.output.contains("FAIL"), "\(after)")
        for header in ["Allow-Origin", "Allow-Methods", "Allow-Headers", "Expose-Headers", "Max-Age"] {
            #expect(after.output.contains("Access-Control-\(header)"), "\(header)\n\(after)")
        }
    }

    @Test func aPrivateBucketIsToldOfWithTheWayOut() async throws {
        let site = try await site()
        let run = try await site.run(["cors", "probe", "s3://\(site.bucket.name)"])
        #expect(run.status == 3 && run.output.contains("private"), "\(run)")
    }

    @Test func aCacheThatKeepsAnswersWithoutOriginIsCaught() async throws {
        let site = try await site()
        try await site.bucket.publish()
        try await site.bucket.setCORS([CORSTests.sufficient])
        let front = try await Front(before: site.place)
        try configure(site, "cdn-url: \(front.place.endpoint)/\(site.bucket.name)")
        let good = try await site.run(["cors", "probe", "a.jpg"])
        #expect(good.status == 0 && good.output.contains("probing \(front.place.endpoint)"), "\(good)")
        try await front.behave(["caches": 1])
        let bad = try await site.run(["cors", "probe", "a.jpg"])
        #expect(bad.status == 3 && bad.output.contains("Access-Control-Allow-Origin is missing"), "\(bad)")
        #expect(bad.output.contains("let it vary by Origin"), "\(bad)")
    }

    @Test func aCacheThatHandsOnePagesAnswerToAnotherIsCaught() async throws {
        let site = try await site()
        try await site.bucket.publish()
        try await site.bucket.setCORS(Self.two)
        let front = try await Front(before: site.place)
        try configure(
            site, "cdn-url: \(front.place.endpoint)/\(site.bucket.name)\ncors-origins: [https://one.example, https://two.example]")
        #expect(try await site.run(["cors", "check"]).status == 0)
        let good = try await site.run(["cors", "probe", "a.jpg"])
        #expect(good.status == 0, "\(good)")
        try await front.behave(["caches": 1])
        // A page of the first origin was there before anybody without Origin.
        #expect(try await front.visit("/\(site.bucket.name)/a.jpg", from: "https://one.example") == 200)
        let bad = try await site.run(["cors", "probe", "a.jpg"])
        #expect(bad.status == 3 && bad.output.contains("which is what another page was answered"), "\(bad)")
    }

    @Test func aNetworkThatDropsHeadersIsCaught() async throws {
        let site = try await site()
        try await site.bucket.publish()
        try await site.bucket.setCORS([CORSTests.sufficient])
        let front = try await Front(before: site.place)
        try await front.behave(["strips": ["access-control-expose-headers"]])
        try configure(site, "public-url: \(front.place.endpoint)/\(site.bucket.name)/")
        let run = try await site.run(["cors", "probe", "a.jpg"])
        #expect(run.status == 3 && run.output.contains("does not name ETag"), "\(run)")
    }

    @Test func needsComeFromTheConfiguration() async throws {
        let site = try await site()
        try await site.bucket.setCORS([CORSTests.sufficient])
        #expect(try await site.run(["cors", "check", "s3://\(site.bucket.name)"]).status == 0)
        for (settings, lack) in [
            ("cors-methods: [GET, PUT]", "PUT"), ("cors-expose: [ETag, x-amz-meta-sha256]", "x-amz-meta-sha256"),
            ("cors-max-age: 7200", "3600 s only"),
        ] {
            try configure(site, settings)
            let run = try await site.run(["cors", "check"])
            #expect(run.status == 3 && run.output.contains(lack), "\(settings)\n\(run)")
        }
        try configure(site, "cors-methods: [GET]\ncors-headers: [range]\ncors-origins: ['https://*.example.com']")
        #expect(try await site.run(["cors", "check"]).status == 0)
        try configure(site, "cors-headers: ['a b']")
        #expect(try await site.run(["cors", "check"]).status == 5)
    }
}
